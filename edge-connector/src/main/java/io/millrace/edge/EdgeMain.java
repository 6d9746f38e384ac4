package io.millrace.edge;

import io.millrace.service.lifecycle.ServiceMain;

/** Runs an edge: {@code --config FILE.yaml}, {@code --check-config}. */
public final class EdgeMain {
    private EdgeMain() {}

    public static void main(String[] args) {
        ServiceMain.run("edge", EdgeConfig.class, args, EdgeApplication::new);
    }
}
