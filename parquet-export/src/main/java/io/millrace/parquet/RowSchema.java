package io.millrace.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Columns of a topic: where a record stands, then its fields. */
final class RowSchema {
    private static final int OWN = 4;

    private final Schema schema;

    RowSchema(Schema record) {
        var fields = new ArrayList<Schema.Field>(List.of(
                new Schema.Field("kafka_key", Schema.create(Schema.Type.STRING), "Key of the record."),
                new Schema.Field("kafka_partition", Schema.create(Schema.Type.INT), "Partition it stands in."),
                new Schema.Field("kafka_offset", Schema.create(Schema.Type.LONG), "Offset in the partition."),
                new Schema.Field(
                        "kafka_timestamp",
                        LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)),
                        "Record time.")));
        record.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        schema = Schema.createRecord(record.getName() + "Row", record.getDoc(), record.getNamespace(), false, fields);
    }

    Schema schema() {
        return schema;
    }

    IndexedRecord row(ConsumerRecord<String, ?> record, IndexedRecord value) {
        return new Row(record, value);
    }

    private final class Row implements IndexedRecord {
        private final ConsumerRecord<String, ?> record;
        private final IndexedRecord value;

        Row(ConsumerRecord<String, ?> record, IndexedRecord value) {
            this.record = record;
            this.value = value;
        }

        @Override
        public Schema getSchema() {
            return schema;
        }

        @Override
        public Object get(int field) {
            return switch (field) {
                case 0 -> record.key() == null ? "" : record.key();
                case 1 -> record.partition();
                case 2 -> record.offset();
                case 3 -> record.timestamp();
                default -> value.get(field - OWN);
            };
        }

        @Override
        public void put(int field, Object v) {
            throw new UnsupportedOperationException("a row is read only");
        }
    }
}
