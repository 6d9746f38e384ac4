# Source it from the repository's root: . runbooks/tools.sh
# Kafka's own command-line tools and a few small programs of ours, on the jars of a built repository (./millrace build).
: "${BOOTSTRAP:=127.0.0.1:27192}"
: "${REGISTRY:=http://127.0.0.1:27181/apis/ccompat/v7}"
# In a secured cluster a file of client settings (secure-servers.md); our programs and Kafka's take it.
: "${CLIENT_PROPERTIES:=}"
export CLIENT_PROPERTIES
SECURED=${CLIENT_PROPERTIES:+--command-config $CLIENT_PROPERTIES}
KAFKA_VERSION=$(basename local-stack/servers/kafka/target/lib/kafka-clients-*.jar .jar | sed 's/kafka-clients-//')
TOOLS="local-stack/target/tools/kafka-tools-$KAFKA_VERSION.jar"
[ -f "$TOOLS" ] || mvn -q dependency:copy -Dartifact="org.apache.kafka:kafka-tools:$KAFKA_VERSION" \
    -DoutputDirectory="$PWD/local-stack/target/tools"
TOOL_PATH="$TOOLS:local-stack/servers/kafka/target/lib/*:streams-router/target/streams-router-1.0.0-SNAPSHOT.jar:streams-router/target/lib/*"

# One class, quietly: tool CLASS ARGUMENT...
tool() {
    java -Xmx256m -Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider -Dslf4j.internal.verbosity=ERROR \
        -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$TOOL_PATH" "$@"
}
consumer_groups() { tool org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --bootstrap-server "$BOOTSTRAP" $SECURED "$@"; }
topics() { tool org.apache.kafka.tools.TopicCommand --bootstrap-server "$BOOTSTRAP" $SECURED "$@"; }
# Ends of a topic's partitions: ends TOPIC
ends() { tool org.apache.kafka.tools.GetOffsetShell --bootstrap-server "$BOOTSTRAP" $SECURED --topic "$1"; }
# CQL statements, where there is no cqlsh: cql STATEMENT...; CQL_HOST and CQL_PORT, if set, say where
cql() {
    java -Xmx256m -Dslf4j.provider=org.slf4j.nop.NOPServiceProvider -Dslf4j.internal.verbosity=ERROR \
        -cp 'timeline-writer/target/lib/*' runbooks/tools/Cql.java "${CQL_HOST:-127.0.0.1}" "${CQL_PORT:-27142}" "$@"
}
# Records of a topic as JSON, committed ones only: read_topic TOPIC RECORD-CLASS [ARGUMENT...]
read_topic() {
    topic=$1 record=$2
    shift 2
    tool org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server "$BOOTSTRAP" $SECURED --topic "$topic" \
        --from-beginning --timeout-ms 5000 --isolation-level read_committed \
        --formatter-property print.partition=true --formatter-property print.offset=true --formatter-property print.key=true \
        --formatter-property value.deserializer=io.millrace.schemas.serde.AvroDeserializer \
        --formatter-property value.deserializer.schema.registry.url="$REGISTRY" \
        --formatter-property value.deserializer.millrace.record.class="io.millrace.schemas.record.$record" "$@"
}
