package io.millrace.localstack.docs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of one service's table, in the order of the records' components. */
final class SettingRows {
    /** A line of the table; {@code variable} is empty inside a list, which is set as a whole. */
    record Row(String path, String variable, String type, String standard, String meaning) {}

    private final String service;
    private final List<Row> rows = new ArrayList<>();

    private SettingRows(String service) {
        this.service = service;
    }

    static List<Row> of(String service, Class<?> record) throws ReflectiveOperationException {
        var settings = new SettingRows(service);
        settings.add("", record, true);
        return settings.rows;
    }

    private void add(String prefix, Class<?> record, boolean hasVariables) throws ReflectiveOperationException {
        var docs = RecordDocs.of(record);
        var standard = withDefaults(record);
        for (var component : record.getRecordComponents()) {
            var path = prefix + component.getName();
            if (isGroup(component.getType())) {
                add(path + ".", component.getType(), hasVariables);
                continue;
            }
            rows.add(new Row(
                    path,
                    hasVariables ? variable(path) : "",
                    type(component),
                    shown(standard == null ? null : component.getAccessor().invoke(standard)),
                    docs.meaning(record, component.getName())));
            var element = element(component);
            if (element != null && element.isRecord()) {
                add(path + "[].", element, false);
            }
        }
    }

    private static boolean isGroup(Class<?> type) {
        return type.isRecord() && !type.getSimpleName().equals("Secret");
    }

    /** The record as it is when nothing is given, or null where it insists on something. */
    private static @Nullable Object withDefaults(Class<?> record) throws ReflectiveOperationException {
        var types = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        var nothing = Arrays.stream(types).map(SettingRows::nothing).toArray();
        try {
            return record.getDeclaredConstructor(types).newInstance(nothing);
        } catch (InvocationTargetException insists) {
            return null;
        }
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Integer) 0 : null;
    }

    private static @Nullable Class<?> element(RecordComponent component) {
        return Collection.class.isAssignableFrom(component.getType())
                        && component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : null;
    }

    private static String type(RecordComponent component) {
        var type = component.getType();
        var element = element(component);
        if (element != null) {
            return element.isRecord() ? "list of maps" : "list of text";
        }
        if (type == int.class || type == Integer.class) {
            return "number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "`true`, `false`";
        }
        if (Map.class.isAssignableFrom(type)) {
            return "map of text";
        }
        if (type == String.class) {
            return "text";
        }
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String shown(@Nullable Object value) {
        if (value == null || value.equals("") || value.equals(List.of()) || value.equals(Map.of())) {
            return "none";
        }
        return "`" + (value instanceof Duration duration ? shown(duration) : value) + "`";
    }

    private static String shown(Duration duration) {
        long ms = duration.toMillis();
        if (ms % 1000 != 0) {
            return ms + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    private String variable(String path) {
        var snake = path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_');
        return "MILLRACE_" + (service + "_" + snake).toUpperCase(Locale.ROOT);
    }
}
