package io.millrace.router;

import io.millrace.service.lifecycle.ServiceMain;

/** Starts the router: {@code --config FILE.yaml}. */
public final class RouterMain {
    private RouterMain() {}

    public static void main(String[] args) {
        ServiceMain.run("router", RouterConfig.class, args, RouterApplication::new);
    }
}
