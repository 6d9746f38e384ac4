package io.millrace.guarantees.fault;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** The threads of a router that process records, as a debugger sees them. */
final class StreamThreads {
    private static final String CONNECTOR = "com.sun.jdi.SocketAttach";

    private StreamThreads() {}

    /** What a router's JVM needs to be looked into at a port. */
    static List<String> options(int port) {
        return List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + port);
    }

    static VirtualMachine attach(int port) throws IOException {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow(() -> new IOException("this JDK has no " + CONNECTOR));
        var arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
        try {
            return connector.attach(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IOException("port " + port + " is no port for a debugger", e);
        }
    }

    static ThreadReference of(VirtualMachine router, String application) throws IOException {
        return router.allThreads().stream()
                .filter(thread -> thread.name().matches(application + "(-.*)?-StreamThread-\\d+"))
                .findFirst()
                .orElseThrow(() -> new IOException("no thread processes records of " + application));
    }
}
