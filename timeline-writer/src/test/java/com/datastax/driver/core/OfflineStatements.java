package com.datastax.driver.core;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Prepares statements without a server, for what only looks at how they are bound. */
public final class OfflineStatements {
    private OfflineStatements() {}

    /** @param variables type by name, in the order of the text */
    public static PreparedStatement prepare(String cql, Map<String, DataType> variables) {
        var definitions = variables.entrySet().stream()
                .map(each -> new ColumnDefinitions.Definition("offline", "table", each.getKey(), each.getValue()))
                .toArray(ColumnDefinitions.Definition[]::new);
        var columns = new ColumnDefinitions(definitions, CodecRegistry.DEFAULT_INSTANCE);
        var metadata = new PreparedId.PreparedMetadata(MD5Digest.wrap(new byte[16]), columns);
        var id = new PreparedId(metadata, metadata, new int[0], ProtocolVersion.V4);
        return (PreparedStatement) Proxy.newProxyInstance(
                PreparedStatement.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getVariables" -> columns;
                    case "getPreparedId" -> id;
                    case "getCodecRegistry" -> CodecRegistry.DEFAULT_INSTANCE;
                    case "getQueryString" -> cql;
                    case "isIdempotent" -> Boolean.TRUE;
                    case "isTracing" -> false;
                    case "bind" -> new BoundStatement((PreparedStatement) proxy);
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> cql;
                    default -> null;
                });
    }
}
