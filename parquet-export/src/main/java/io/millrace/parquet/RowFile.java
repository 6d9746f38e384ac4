package io.millrace.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** One Parquet file; it has its name only when it is whole. */
final class RowFile implements AutoCloseable {
    private final Path file;
    private final Path draft;
    private final ParquetWriter<IndexedRecord> writer;
    private long rows;

    RowFile(Path file, Schema schema) throws IOException {
        this.file = file;
        this.draft = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(draft);
        var settings = new PlainParquetConfiguration();
        settings.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
        var model = new GenericData();
        model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        this.writer = AvroParquetWriter.<IndexedRecord>builder(new LocalOutputFile(draft))
                .withConf(settings)
                .withDataModel(model)
                .withSchema(schema)
                .withCodecFactory(new ZstdPages())
                .withCompressionCodec(ZstdPages.CODEC)
                .build();
    }

    void add(IndexedRecord row) throws IOException {
        writer.write(row);
        rows++;
    }

    /** Ends it and gives it its name; a file of that name is replaced. */
    long end() throws IOException {
        writer.close();
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return rows;
    }

    /** Nothing is left of a file that was not ended. */
    @Override
    public void close() throws IOException {
        if (Files.exists(draft)) {
            writer.close();
            Files.deleteIfExists(draft);
        }
    }
}
