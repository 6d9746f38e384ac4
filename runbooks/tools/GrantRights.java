import io.millrace.schemas.topic.ClientFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/** Gives the users of a page's table their rights in Kafka, and takes from them what does not stand there: BOOTSTRAP PAGE. */
final class GrantRights {
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: GrantRights BOOTSTRAP PAGE.md");
            System.exit(2);
        }
        var wanted = table(Files.readString(Path.of(args[1])));
        var users = new TreeSet<String>();
        wanted.forEach(right -> users.add(right.entry().principal()));
        try (var admin = Admin.create(ClientFile.settings(args[0], System.getenv("CLIENT_PROPERTIES")))) {
            var present = new HashSet<AclBinding>();
            for (var user : users) {
                var all = new AclBindingFilter(
                        ResourcePatternFilter.ANY,
                        new AccessControlEntryFilter(user, null, AclOperation.ANY, AclPermissionType.ANY));
                present.addAll(admin.describeAcls(all).values().get());
            }
            var missing = wanted.stream().filter(right -> !present.contains(right)).toList();
            admin.createAcls(missing).all().get();
            present.removeAll(wanted);
            admin.deleteAcls(present.stream().map(AclBinding::toFilter).toList()).all().get();
            System.out.println("granted " + missing.size() + ", took away " + present.size() + ", of " + users);
        }
    }

    private static Set<AclBinding> table(String page) {
        var rows = page.substring(page.indexOf("<!-- rights:begin -->"), page.indexOf("<!-- rights:end -->"));
        var rights = new HashSet<AclBinding>();
        rows.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            var cells = line.split("\\|");
            var type = ResourceType.valueOf(cells[2].strip().toUpperCase(Locale.ROOT).replace(' ', '_'));
            for (var name : names(cells[3])) {
                for (var operation : cells[4].split(",")) {
                    rights.add(new AclBinding(
                            pattern(type, name),
                            new AccessControlEntry(
                                    "User:" + names(cells[1]).get(0),
                                    "*",
                                    AclOperation.valueOf(operation.strip().toUpperCase(Locale.ROOT).replace(' ', '_')),
                                    AclPermissionType.ALLOW)));
                }
            }
        });
        return rights;
    }

    /** A name that ends in * means every name that begins so. */
    private static ResourcePattern pattern(ResourceType type, String name) {
        boolean prefix = name.length() > 1 && name.endsWith("*");
        return prefix
                ? new ResourcePattern(type, name.substring(0, name.length() - 1), PatternType.PREFIXED)
                : new ResourcePattern(type, name, PatternType.LITERAL);
    }

    private static List<String> names(String cell) {
        var names = new ArrayList<String>();
        for (var name : cell.split(",")) {
            names.add(name.strip().replace("`", ""));
        }
        return names;
    }
}
