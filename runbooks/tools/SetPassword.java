import io.millrace.schemas.topic.ClientFile;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** Makes a user of Kafka, or gives it another password, which is the first line of standard input: BOOTSTRAP USER. */
final class SetPassword {
    private static final int ITERATIONS = 8192;

    public static void main(String[] args) throws Exception {
        var password = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (args.length != 2 || password == null || password.length() < 16) {
            System.err.println("usage: SetPassword BOOTSTRAP USER < FILE, with a password of at least 16 characters");
            System.exit(2);
        }
        try (var admin = Admin.create(ClientFile.settings(args[0], System.getenv("CLIENT_PROPERTIES")))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            args[1], new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password)))
                    .all()
                    .get();
            System.out.println("set the password of " + args[1]);
        }
    }
}
