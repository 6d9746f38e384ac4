package io.millrace.webhooks.subscriber;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses of the public internet from all others, as IANA's registries of special-purpose addresses have them:
 * loopback, private and shared networks, link-local (cloud metadata), documentation, multicast, and those of version 6
 * that carry one of version 4 in them.
 */
public final class PublicAddresses {
    private static final class Network {
        private final byte[] prefix;
        private final int bits;

        private Network(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        static Network of(int bits, int... octets) {
            var prefix = new byte[octets.length];
            for (int i = 0; i < octets.length; i++) {
                prefix[i] = (byte) octets[i];
            }
            return new Network(prefix, bits);
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Network> NOT_PUBLIC_4 = List.of(
            Network.of(8, 0),
            Network.of(8, 10),
            Network.of(10, 100, 64),
            Network.of(8, 127),
            Network.of(16, 169, 254),
            Network.of(12, 172, 16),
            Network.of(24, 192, 0, 0),
            Network.of(24, 192, 0, 2),
            Network.of(24, 192, 88, 99),
            Network.of(16, 192, 168),
            Network.of(15, 198, 18),
            Network.of(24, 198, 51, 100),
            Network.of(24, 203, 0, 113),
            Network.of(3, 224)); // multicast, reserved and broadcast

    /** Everything outside is special or not given out. */
    private static final Network GLOBAL_6 = Network.of(3, 0x20);

    private static final List<Network> NOT_PUBLIC_6 = List.of(
            Network.of(23, 0x20, 0x01, 0x00), // protocols, Teredo among them
            Network.of(32, 0x20, 0x01, 0x0d, 0xb8),
            Network.of(16, 0x20, 0x02), // 6to4
            Network.of(20, 0x3f, 0xff, 0x00));

    private PublicAddresses() {}

    /** Whether anybody on the internet could be meant by it. */
    public static boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_4.stream().noneMatch(network -> network.contains(bytes));
        }
        return GLOBAL_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(network -> network.contains(bytes));
    }
}
