package io.millrace.edge.http;

import io.millrace.edge.protocol.Ask;
import io.millrace.edge.protocol.AskReader;
import io.millrace.edge.protocol.ErrorCode;
import io.millrace.edge.protocol.GroupAskReader;
import io.millrace.edge.protocol.JsonDocument;
import io.millrace.edge.protocol.RefusedException;
import io.millrace.schemas.id.UserId;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Methods;
import io.undertow.util.PathTemplateMatch;
import io.undertow.util.SameThreadExecutor;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls that change something: each becomes the same ask as its frame. */
final class CommandRoutes {
    private static final String AS = "as";

    private final Bearer bearer;
    private final JsonBody body;
    private final AskReader asks;
    private final GroupAskReader groups;
    private final CommandCall call;

    CommandRoutes(Bearer bearer, JsonBody body, AskReader asks, GroupAskReader groups, CommandCall call) {
        this.groups = groups;
        this.bearer = bearer;
        this.body = body;
        this.asks = asks;
        this.call = call;
    }

    void addTo(RoutingHandler routes) {
        routes.post("/v1/messages", e -> withBody(e, CommandCall.Shape.POSTED, asks::send));
        routes.post("/v1/conversations", e -> withBody(e, CommandCall.Shape.CREATED, groups::createGroup));
        routes.post(
                "/v1/conversations/{id}/members",
                e -> withBody(
                        e, CommandCall.Shape.CHANGED, (json, user) -> groups.addMembers(json, parameter(e, "id"))));
        routes.add(
                Methods.PATCH,
                "/v1/conversations/{id}",
                e -> withBody(e, CommandCall.Shape.CHANGED, (json, user) -> groups.setGroup(json, parameter(e, "id"))));
        routes.post(
                "/v1/conversations/{id}/links",
                e -> withBody(
                        e, CommandCall.Shape.LINKED, (json, user) -> groups.link(json, parameter(e, "id"), user)));
        routes.post(
                "/v1/conversations/{id}/join",
                e -> withBody(e, CommandCall.Shape.CHANGED, (json, user) -> groups.join(json, parameter(e, "id"))));
        routes.put(
                "/v1/conversations/{id}/members/{user}/role",
                e -> withBody(
                        e,
                        CommandCall.Shape.CHANGED,
                        (json, user) -> groups.setRole(json, parameter(e, "id"), parameter(e, "user"))));
        routes.put(
                "/v1/conversations/{id}/mute",
                e -> withBody(e, CommandCall.Shape.CHANGED, (json, user) -> groups.mute(json, parameter(e, "id"))));
        routes.put(
                "/v1/conversations/{id}/settings",
                e -> withBody(e, CommandCall.Shape.CHANGED, (json, user) -> asks.settings(json, parameter(e, "id"))));
        routes.post(
                "/v1/conversations/{id}/read",
                e -> withBody(e, CommandCall.Shape.CHANGED, (json, user) -> asks.read(json, parameter(e, "id"))));
        routes.put(
                "/v1/blocks/{user}",
                e -> withBody(
                        e, CommandCall.Shape.CHANGED, (json, user) -> asks.block(json, parameter(e, "user"), user)));
        routes.delete(
                "/v1/conversations/{id}/members/{user}",
                e -> withoutBody(e, user -> groups.removeMember(key(e), parameter(e, "id"), parameter(e, "user"))));
        routes.delete(
                "/v1/conversations/{id}/links/{link}",
                e -> withoutBody(e, user -> groups.revoke(key(e), parameter(e, "id"), parameter(e, "link"))));
        routes.delete(
                "/v1/conversations/{id}/scheduled/{version}",
                e -> withoutBody(e, user -> asks.unschedule(key(e), parameter(e, "id"), parameter(e, "version"))));
        routes.delete(
                "/v1/conversations/{id}", e -> withoutBody(e, user -> groups.dissolve(key(e), parameter(e, "id"))));
        routes.delete(
                "/v1/blocks/{user}", e -> withoutBody(e, user -> asks.unblock(key(e), parameter(e, "user"), user)));
    }

    /** Reads one ask out of a body. */
    private interface Reading {
        Ask read(JsonDocument json, UserId user) throws RefusedException;
    }

    private void withBody(HttpServerExchange exchange, CommandCall.Shape shape, Reading reading) {
        body.read(
                exchange,
                json -> identified(exchange, () -> json(exchange, json), shape, user -> reading.read(json, user)));
    }

    /** A name in the URL that is passed over would let the call be made in the wrong one. */
    private static Optional<UserId> json(HttpServerExchange exchange, JsonDocument json) throws RefusedException {
        if (query(exchange, AS) != null) {
            throw new RefusedException(ErrorCode.INVALID, "as stands in the body");
        }
        return json.as();
    }

    /** Makes one ask, in the name of that user. */
    private interface Asking {
        Ask ask(UserId user) throws RefusedException;
    }

    private void withoutBody(HttpServerExchange exchange, Asking asking) {
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> identified(exchange, () -> AskReader.as(query(exchange, AS)), CommandCall.Shape.CHANGED, asking));
    }

    /** Says in whose name a request wants to be. */
    private interface Name {
        Optional<UserId> of() throws RefusedException;
    }

    private void identified(HttpServerExchange exchange, Name as, CommandCall.Shape shape, Asking asking) {
        try {
            bearer.identify(exchange, as.of(), caller -> {
                try {
                    call.submit(exchange, caller, asking.ask(caller.user()), shape);
                } catch (RefusedException e) {
                    Problems.send(exchange, e.code(), e.sentence());
                }
            });
        } catch (RefusedException e) {
            Problems.send(exchange, e.code(), e.sentence());
        }
    }

    private static @Nullable String key(HttpServerExchange exchange) throws RefusedException {
        return query(exchange, "clientMessageId");
    }

    private static String parameter(HttpServerExchange exchange, String name) throws RefusedException {
        var value = exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY)
                .getParameters()
                .get(name);
        if (value == null) {
            throw new RefusedException(ErrorCode.INVALID, name + " is missing");
        }
        return value;
    }

    private static @Nullable String query(HttpServerExchange exchange, String name) throws RefusedException {
        Deque<String> values = exchange.getQueryParameters().get(name);
        if (values != null && values.size() > 1) {
            throw new RefusedException(ErrorCode.INVALID, name + " is given twice");
        }
        return values == null ? null : values.getFirst();
    }
}
