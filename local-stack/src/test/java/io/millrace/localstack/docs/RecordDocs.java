package io.millrace.localstack.docs;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the {@code @param} lines before the records of a source say, as Markdown. */
final class RecordDocs {
    private static final Pattern RECORD = Pattern.compile("(?m)^ *(?:public |static |final )*record (\\w+)\\(");
    private static final Pattern BETWEEN = Pattern.compile("(?:\\s|@\\w+(?:\\([^)]*\\))?)*");
    private static final Pattern PARAM = Pattern.compile("(?s)@param (\\w+) (.*?)(?=@\\w+ |$)");
    private static final Pattern INLINE = Pattern.compile("\\{@(?:code|link) ([^}]*)}");

    private final Map<String, Map<String, String>> texts = new HashMap<>();

    private RecordDocs(String source) {
        var records = RECORD.matcher(source);
        while (records.find()) {
            texts.put(records.group(1), params(commentBefore(source.substring(0, records.start()))));
        }
    }

    /** The Javadoc that ends this text, but for annotations; empty if there is none. */
    private static String commentBefore(String text) {
        int begin = text.lastIndexOf("/**");
        int end = text.lastIndexOf("*/");
        return begin >= 0
                        && end > begin
                        && BETWEEN.matcher(text.substring(end + 2)).matches()
                ? text.substring(begin + 3, end)
                : "";
    }

    /** Of the source file that the record stands in. */
    static RecordDocs of(Class<?> record) {
        var file = record.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
        return new RecordDocs(Repository.mainSource(file));
    }

    /** What the component is, without its default; empty if nothing else is said. */
    String meaning(Class<?> record, String component) {
        return texts.getOrDefault(record.getSimpleName(), Map.of())
                .getOrDefault(component, "")
                .replaceAll("^default [^;,]*[;,]? ?", "")
                .replaceAll("[;,] default [^;,]*", "");
    }

    private static Map<String, String> params(String comment) {
        var text = INLINE.matcher(comment.replaceAll("(?m)^\\s*\\* ?", "")).replaceAll("`$1`");
        var found = new HashMap<String, String>();
        var params = PARAM.matcher(text.strip());
        while (params.find()) {
            found.put(params.group(1), params.group(2).strip().replaceAll("\\s+", " "));
        }
        return found;
    }
}
