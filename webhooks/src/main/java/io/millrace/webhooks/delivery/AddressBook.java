package io.millrace.webhooks.delivery;

import io.millrace.webhooks.subscriber.PublicAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The address behind a host's name, asked for before every attempt and used for it: what was looked at is what is
 * connected to, so a name that is told otherwise the next moment gains nothing. If one address of a name is not public,
 * none of it is used.
 */
final class AddressBook {
    /** Where names are looked up. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** Says no more than that: the name may be a secret of the network. */
    static final class NotPublicException extends Exception {
        private static final long serialVersionUID = 1L;

        NotPublicException() {
            super("the host's address is not public", null, false, false);
        }
    }

    private final Names names;
    private final boolean privateAllowed;

    AddressBook(Names names, boolean privateAllowed) {
        this.names = names;
        this.privateAllowed = privateAllowed;
    }

    /** @param attempt of several addresses each is tried in turn */
    InetAddress of(String host, int attempt) throws UnknownHostException, NotPublicException {
        var found = names.of(host);
        if (!privateAllowed) {
            for (var address : found) {
                if (!PublicAddresses.contains(address)) {
                    throw new NotPublicException();
                }
            }
        }
        return found[Math.floorMod(attempt - 1, found.length)];
    }
}
