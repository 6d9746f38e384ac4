package io.millrace.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.MalformedFrameException;
import java.util.ArrayList;
import java.util.List;

/**
 * Contacts that changed.
 *
 * @param position of the timeline, in this epoch; they are complete through it, and the next question begins after it
 */
public record ContactPage(String epoch, long position, List<Contact> contacts) {
    public ContactPage {
        contacts = List.copyOf(contacts);
    }

    static ContactPage read(JsonNode page) {
        JsonNode array = page.get("contacts");
        if (array == null || !array.isArray()) {
            throw new MalformedFrameException("no array contacts");
        }
        var contacts = new ArrayList<Contact>();
        for (JsonNode element : array) {
            contacts.add(Contact.read(element));
        }
        return new ContactPage(Json.text(page, "epoch"), Json.number(page, "position"), contacts);
    }
}
