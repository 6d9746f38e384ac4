package io.millrace.guarantees.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code report.html}: the verdict as one page that needs nothing but itself. */
public final class ReportPage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Millrace: guarantees</title>
            <style>
            body{font:15px/1.5 system-ui,sans-serif;max-width:1120px;margin:2rem auto;padding:0 1rem;color:#1c2733;background:#fff}
            h1{font-size:1.5rem} h2{font-size:1.1rem;margin-top:2rem}
            .good{color:#0a6b3d} .bad{color:#a3172a}
            table{border-collapse:collapse;width:100%} td,th{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #dde3ea;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            svg{width:100%;font:11px system-ui,sans-serif;fill:#44515f}
            .grid{stroke:#e4e9ef} .fault{fill:#d1495b;fill-opacity:.22} .recovery{fill:#edae49;fill-opacity:.22}
            polyline{fill:none;stroke-width:1.5} .p50{stroke:#00798c} .p99{stroke:#5e4fa2} .worst{stroke:#b8c2cc}
            .key{font-size:.85rem;color:#44515f}
            </style></head><body>
            """;

    private final Verdict verdict;
    private final StringBuilder page = new StringBuilder(HEAD);

    private ReportPage(Verdict verdict) {
        this.verdict = verdict;
    }

    public static void write(Verdict verdict, Path file) throws IOException {
        Files.writeString(file, new ReportPage(verdict).render());
    }

    private String render() {
        add(
                "<h1>%s</h1><p>Seed %d, begun %s: %.1f minutes at %d operations a second, %d faults. Safety: %s."
                        + " Liveness: %s.</p>",
                verdict.holds()
                        ? "<span class=\"good\">Everything holds</span>"
                        : "<span class=\"bad\">A promise is broken</span>",
                verdict.seed(),
                Html.text(verdict.began()),
                verdict.minutes(),
                verdict.perSecond(),
                verdict.faults().size(),
                verdict.isSafe() ? "holds" : verdict.violations().size() + " violations",
                verdict.isLive() ? "holds" : verdict.delays().size() + " things not in time");
        add("<h2>From sent to delivered</h2>%s", LatencyPlot.of(verdict));
        add(
                "<p class=\"key\">Per second of sending: median (teal), p99 (violet), worst (grey). Red: a fault; yellow: until"
                        + " everything asked before its end was decided and every device was back.</p>");
        violations();
        faults();
        counts();
        return page.append("</body></html>\n").toString();
    }

    private void violations() {
        if (!verdict.violations().isEmpty()) {
            add("<h2>Violations</h2><table><tr><th>flaw</th><th>where</th><th>what</th></tr>");
            verdict.violations().stream()
                    .limit(200)
                    .forEach(each -> add(
                            "<tr><td class=\"bad\">%s</td><td>%s</td><td>%s</td></tr>",
                            each.flaw(), Html.text(each.where()), Html.text(each.what())));
            add("</table>");
        }
        if (!verdict.delays().isEmpty()) {
            add("<h2>Not in time</h2><table><tr><th>where</th><th>what</th></tr>");
            verdict.delays()
                    .forEach(each ->
                            add("<tr><td>%s</td><td>%s</td></tr>", Html.text(each.where()), Html.text(each.what())));
            add("</table>");
        }
    }

    private void faults() {
        add("<h2>Faults</h2><table><tr><th>fault</th><th>matrix</th><th>what is done</th><th class=\"n\">times</th>"
                + "<th class=\"n\">median recovery</th><th class=\"n\">worst</th></tr>");
        for (var fault : FaultSummary.of(verdict.faults())) {
            add(
                    "<tr><td>%s</td><td>%s</td><td>%s</td><td class=\"n\">%d</td><td class=\"n\">%s</td>"
                            + "<td class=\"n\">%s</td></tr>",
                    Html.text(fault.name()),
                    Html.text(fault.matrix()),
                    Html.text(fault.description()),
                    fault.times(),
                    seconds(fault.medianSeconds()),
                    fault.never() > 0 ? "never" : seconds(fault.worstSeconds()));
        }
        add("</table><h2>Not run</h2><table><tr><th>matrix</th><th>what</th><th>why not</th></tr>");
        verdict.notRun()
                .forEach(each -> add(
                        "<tr><td>%s</td><td>%s</td><td>%s</td></tr>",
                        Html.text(each.matrix()), Html.text(each.what()), Html.text(each.why())));
        add("</table>");
    }

    private void counts() {
        add("<h2>What was compared</h2><table>");
        verdict.counts()
                .forEach((name, count) -> add("<tr><td>%s</td><td class=\"n\">%d</td></tr>", Html.text(name), count));
        add("</table>");
    }

    private void add(String format, Object... values) {
        page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }

    private static String seconds(double seconds) {
        return seconds < 0 ? "never" : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
