package io.millrace.timeline.cassandra;

import com.datastax.driver.core.ConsistencyLevel;
import com.datastax.driver.core.Session;
import com.datastax.driver.core.SimpleStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the numbered .cql files beside this class, each once and in order, and remembers them in a table. Only one
 * instance may do so at a time: concurrent schema changes are not safe in Cassandra.
 */
final class Migrations {
    /** In the order of application. A file that was released is never edited; a change is a further file. */
    static final List<String> FILES = List.of(
            "0001-timelines.cql",
            "0002-conversations.cql",
            "0003-message-box.cql",
            "0004-schedules.cql",
            "0005-contacts.cql");

    private static final Logger LOGGER = LoggerFactory.getLogger(Migrations.class);

    private final Session session;
    private final CassandraSettings settings;

    Migrations(Session session, CassandraSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    /** @throws IllegalStateException if migrations are missing and this instance does not apply them */
    void apply() {
        if (!settings.migrationsElsewhere()) {
            createKeyspace();
        }
        session.execute("USE " + settings.keyspace());
        if (!settings.migrationsElsewhere()) {
            session.execute("CREATE TABLE IF NOT EXISTS schema_migrations (file text PRIMARY KEY)"
                    + " WITH comment = 'Which numbered .cql files were applied'");
        }
        var applied = applied();
        for (var file : FILES) {
            if (applied.contains(file)) {
                continue;
            }
            if (settings.migrationsElsewhere()) {
                throw new IllegalStateException(
                        "migration " + file + " is not applied to keyspace " + settings.keyspace()
                                + " and cassandra.migrationsElsewhere is on; start one instance without it first");
            }
            statements(file).forEach(session::execute);
            session.execute(
                    new SimpleStatement("INSERT INTO schema_migrations (file) VALUES (?) USING TIMESTAMP 1", file)
                            .setConsistencyLevel(ConsistencyLevel.QUORUM));
            LOGGER.atInfo().addKeyValue("file", file).log("migration.applied");
        }
    }

    /** Only where it is missing: a role that may not create keyspaces need not, once somebody has made it. */
    private void createKeyspace() {
        if (session.getCluster().getMetadata().getKeyspace(settings.keyspace()) != null) {
            return;
        }
        var replication = settings.datacenter().isEmpty()
                ? "'class': 'SimpleStrategy', 'replication_factor': " + settings.replicationFactor()
                : "'class': 'NetworkTopologyStrategy', '" + settings.datacenter() + "': "
                        + settings.replicationFactor();
        session.execute("CREATE KEYSPACE IF NOT EXISTS " + settings.keyspace() + " WITH replication = {" + replication
                + "} AND durable_writes = true");
    }

    private Set<String> applied() {
        var applied = new HashSet<String>();
        var select = new SimpleStatement("SELECT file FROM schema_migrations");
        session.execute(select.setConsistencyLevel(ConsistencyLevel.QUORUM))
                .forEach(row -> applied.add(row.getString("file")));
        return applied;
    }

    /** The statements of a file: separated by semicolons, comment lines left out. */
    static List<String> statements(String file) {
        try (var in = Migrations.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks migration " + file);
            }
            var text = new StringBuilder();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .forEach(line -> text.append(line).append('\n'));
            return List.of(text.toString().split(";\n")).stream()
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("migration " + file + " cannot be read", e);
        }
    }
}
