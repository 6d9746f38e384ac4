package io.millrace.webhooks;

import io.millrace.service.lifecycle.ServiceMain;
import io.millrace.webhooks.delivery.HttpCourier;

/** Starts the webhooks service: {@code --config FILE.yaml}, {@code --check-config}. */
public final class WebhooksMain {
    private WebhooksMain() {}

    public static void main(String[] args) {
        HttpCourier.prepare();
        ServiceMain.run("webhooks", WebhooksConfig.class, args, WebhooksApplication::new);
    }
}
