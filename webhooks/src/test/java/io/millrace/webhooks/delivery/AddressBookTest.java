package io.millrace.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static final String HOST = "hooks.example.org";

    @Test
    void shouldRefuseANameOfWhichOneAddressIsNotPublic() throws Exception {
        // Given
        var both = addresses("93.184.215.14", "10.0.0.7");

        // Then
        assertThatThrownBy(() -> new AddressBook(host -> both, false).of(HOST, 1))
                .isInstanceOf(AddressBook.NotPublicException.class)
                .hasMessageNotContaining("10.0.0.7");
        assertThat(new AddressBook(host -> both, true).of(HOST, 2)).isEqualTo(both[1]);
    }

    @Test
    void shouldTryEveryAddressInTurn() throws Exception {
        // Given
        var two = addresses("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c");
        var book = new AddressBook(host -> two, false);

        // Then
        assertThat(book.of(HOST, 1)).isEqualTo(two[0]);
        assertThat(book.of(HOST, 2)).isEqualTo(two[1]);
        assertThat(book.of(HOST, 3)).isEqualTo(two[0]);
    }

    @Test
    void shouldLookUpBeforeEveryAttempt() throws Exception {
        // Given: a name that points into the network once it has been found to be public
        var asked = new ArrayList<String>();
        var book = new AddressBook(
                host -> {
                    asked.add(host);
                    return asked.size() == 1 ? addresses("93.184.215.14") : addresses("127.0.0.1");
                },
                false);

        // When
        book.of(HOST, 1);

        // Then
        assertThatThrownBy(() -> book.of(HOST, 2)).isInstanceOf(AddressBook.NotPublicException.class);
        assertThat(asked).containsExactly(HOST, HOST);
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        var addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }
}
