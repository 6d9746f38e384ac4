/** Another server under the same load: ejabberd, over XMPP. Start at {@code PeerCrowd}. */
@NullMarked
package io.millrace.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
