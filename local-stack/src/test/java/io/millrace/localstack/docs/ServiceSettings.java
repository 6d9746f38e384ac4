package io.millrace.localstack.docs;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The settings records of the services: classes that this module does not know, loaded from where Maven puts them. */
final class ServiceSettings implements AutoCloseable {
    private static final List<String> MODULES =
            List.of("service-runtime", "edge-connector", "streams-router", "timeline-writer", "webhooks");
    private static final Pattern ACCEPTED = Pattern.compile("MILLRACE_[A-Z0-9_]+");

    private final URLClassLoader loader;

    ServiceSettings() throws MalformedURLException {
        var urls = new ArrayList<URL>();
        for (var module : MODULES) {
            urls.add(Repository.ROOT
                    .resolve(module)
                    .resolve("target/classes")
                    .toUri()
                    .toURL());
        }
        loader = new URLClassLoader(urls.toArray(URL[]::new), ServiceSettings.class.getClassLoader());
    }

    Class<?> record(String className) throws ClassNotFoundException {
        return Class.forName(className, true, loader);
    }

    /** Names of variables that the loader says it accepts, learnt from what it answers to a wrong one. */
    Set<String> acceptedVariables(String service, Class<?> record) throws ReflectiveOperationException {
        var type = record("io.millrace.service.config.ConfigLoader");
        var wrong = "MILLRACE_" + service.toUpperCase(Locale.ROOT) + "_NO_SUCH_SETTING";
        try {
            type.getMethod("load", Class.class, List.class, Map.class)
                    .invoke(
                            type.getConstructor(String.class).newInstance(service),
                            record,
                            List.of(),
                            Map.of(wrong, ""));
            throw new IllegalStateException(wrong + " was accepted");
        } catch (InvocationTargetException e) {
            var names = new TreeSet<String>();
            var accepted = ACCEPTED.matcher(String.valueOf(e.getCause().getMessage()));
            while (accepted.find()) {
                names.add(accepted.group());
            }
            names.remove(wrong);
            return names;
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
