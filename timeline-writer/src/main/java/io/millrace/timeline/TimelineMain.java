package io.millrace.timeline;

import io.millrace.service.lifecycle.ServiceMain;

/** Starts the timeline service: {@code --config FILE.yaml}, {@code --check-config}. */
public final class TimelineMain {
    private TimelineMain() {}

    public static void main(String[] args) {
        ServiceMain.run("timeline", TimelineConfig.class, args, TimelineApplication::new);
    }
}
