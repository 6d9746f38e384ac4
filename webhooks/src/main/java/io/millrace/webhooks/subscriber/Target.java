package io.millrace.webhooks.subscriber;

import io.millrace.service.config.ConfigException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses addresses that can be seen to be wrong without asking anybody. Messages never repeat the address. */
final class Target {
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

    private Target() {}

    /** @throws ConfigException if nothing may be sent there */
    static void of(@Nullable String url, boolean privateAddresses) {
        var uri = parse(url == null ? "" : url);
        var scheme = uri.getScheme();
        var host = uri.getHost();
        if (!("http".equals(scheme) || "https".equals(scheme)) || host == null || host.isEmpty()) {
            throw new ConfigException("url is http://host/… or https://host/…");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null || uri.getPort() == 0) {
            throw new ConfigException("url has no user, no fragment and no port 0");
        }
        if (LITERAL.matcher(host).matches() && !privateAddresses && !PublicAddresses.contains(literal(host))) {
            throw new ConfigException("url names an address that is not public; privateAddresses: true allows it");
        }
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new ConfigException("url is no URL: " + e.getReason());
        }
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ConfigException("url names an address that is none");
        }
    }
}
