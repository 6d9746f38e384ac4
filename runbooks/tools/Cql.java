import com.datastax.driver.core.Cluster;

/** Runs CQL statements in the keyspace millrace and prints their rows, where there is no cqlsh: HOST PORT STATEMENT... */
final class Cql {
    private Cql() {}

    public static void main(String[] args) {
        try (var cluster = Cluster.builder()
                        .addContactPoint(args[0])
                        .withPort(Integer.parseInt(args[1]))
                        .withoutJMXReporting()
                        .build();
                var session = cluster.connect("millrace")) {
            for (int i = 2; i < args.length; i++) {
                session.execute(args[i]).forEach(System.out::println);
            }
        }
    }
}
