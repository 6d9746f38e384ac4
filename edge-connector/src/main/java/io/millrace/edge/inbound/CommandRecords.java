package io.millrace.edge.inbound;

import io.millrace.edge.protocol.Ask;
import io.millrace.edge.protocol.Fingerprints;
import io.millrace.schemas.body.BodyCipher;
import io.millrace.schemas.body.BodyKey;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Maps asks to records of the log, with the key that decides their partition. Thread-safe. */
final class CommandRecords {
    private static final Hash128 NO_CONTENT = new Hash128(new byte[16]);

    private final Fingerprints fingerprints;
    private final Clock clock;

    CommandRecords(Fingerprints fingerprints, Clock clock) {
        this.fingerprints = fingerprints;
        this.clock = clock;
    }

    /** Whether a body comes with it. */
    static boolean hasBody(Ask ask) {
        return ask instanceof Ask.Send || ask instanceof Ask.Edit;
    }

    /** @param key of the user, for asks that have a body; none leaves the body in the clear */
    ProducerRecord<String, SpecificRecord> of(Ask ask, Asker asker, Origin origin, Optional<BodyKey> key) {
        if (ask instanceof Ask.OfTimeline own) {
            return new ProducerRecord<>(
                    TopicCatalogue.USER_COMMANDS.name(), asker.user().value(), userCommand(own, asker, origin));
        }
        return new ProducerRecord<>(
                TopicCatalogue.COMMANDS.name(),
                ask.conversation().value(),
                command((Ask.OfConversation) ask, asker, origin, key));
    }

    /** A signal that nobody waits for. */
    ProducerRecord<String, SpecificRecord> typing(ConversationId conversation, Asker asker) {
        return signal(CommandType.TYPING, "typing", conversation, asker, null);
    }

    /** A question that the log answers with signals to the session. */
    ProducerRecord<String, SpecificRecord> presence(ConversationId conversation, Asker asker, Origin origin) {
        return signal(CommandType.ASK_PRESENCE, "presence", conversation, asker, origin);
    }

    private ProducerRecord<String, SpecificRecord> signal(
            CommandType type, String key, ConversationId conversation, Asker asker, @Nullable Origin origin) {
        var command = Command.newBuilder()
                .setType(type)
                .setConversation(conversation.value())
                .setUser(asker.user().value())
                .setClientMessageId(key)
                .setFingerprint(NO_CONTENT)
                .setReceivedAt(clock.instant())
                .setOrigin(origin)
                .build();
        return new ProducerRecord<>(TopicCatalogue.COMMANDS.name(), conversation.value(), command);
    }

    private static UserCommand userCommand(Ask.OfTimeline ask, Asker asker, Origin origin) {
        var device = asker.device();
        var command = UserCommand.newBuilder()
                .setType(ask.type())
                .setUser(asker.user().value())
                .setDevice(device == null ? null : device.value())
                .setOrigin(origin)
                .setConversation(ask.conversation().value())
                .setClientMessageId(ask.key().value());
        if (ask instanceof Ask.Read read) {
            command.setSeq(read.seq());
        } else if (ask instanceof Ask.Delete delete) {
            command.setSeq(delete.seq());
        } else if (ask instanceof Ask.ChangeSettings settings) {
            var change = settings.change();
            command.setMuted(change.muted())
                    .setPinned(change.pinned())
                    .setHidden(change.hidden())
                    .setClearedSeq(change.clearedSeq())
                    .setDraft(change.draft())
                    .setContact(change.contact())
                    .setAlias(change.alias())
                    .setInvisible(change.invisible());
        }
        return command.build();
    }

    private Command command(Ask.OfConversation ask, Asker asker, Origin origin, Optional<BodyKey> key) {
        var device = asker.device();
        var command = Command.newBuilder()
                .setType(ask.type())
                .setConversation(ask.conversation().value())
                .setUser(asker.user().value())
                .setDevice(device == null ? null : device.value())
                .setClientMessageId(ask.key().value())
                .setFingerprint(fingerprints.of(ask, key))
                .setReceivedAt(clock.instant())
                .setOrigin(origin)
                .setService(asker.service());
        if (ask instanceof Ask.Send send) {
            command.setBody(sealed(send.body().utf8(), key))
                    .setBodyKey(key.map(BodyKey::id).orElse(null))
                    .setReplyTo(send.replyTo())
                    .setMentions(send.mentions())
                    .setMentionAll(send.mentionAll())
                    .setBodyKind(send.body().kind())
                    .setExpiresAt(send.expiresAt())
                    .setSendAt(send.sendAt());
        } else if (ask instanceof Ask.Edit edit) {
            command.setBody(sealed(edit.body().utf8(), key))
                    .setBodyKey(key.map(BodyKey::id).orElse(null))
                    .setBodyKind(edit.body().kind())
                    .setTargetSeq(edit.seq());
        } else if (ask instanceof Ask.Recall recall) {
            command.setTargetSeq(recall.seq());
        } else if (ask instanceof Ask.React react) {
            command.setTargetSeq(react.seq()).setEmoji(react.emoji()).setReactionRemoved(react.removed());
        } else if (ask instanceof Ask.CreateGroup create) {
            command.setTitle(create.title()).setUsers(create.members());
        } else if (ask instanceof Ask.AddMembers add) {
            command.setUsers(add.users());
        } else if (ask instanceof Ask.RemoveMember remove) {
            command.setUsers(List.of(remove.member()));
        } else if (ask instanceof Ask.SetGroup group) {
            command.setTitle(group.title())
                    .setAnnouncement(group.announcement())
                    .setJoinRule(group.joinRule());
        } else if (ask instanceof Ask.Link link) {
            command.setLink(link.link()).setUntil(link.until());
        } else if (ask instanceof Ask.Join join) {
            command.setLink(join.link());
        } else if (ask instanceof Ask.Unschedule unschedule) {
            command.setTargetVersion(unschedule.version());
        } else if (ask instanceof Ask.SetRole role) {
            command.setUsers(List.of(role.member())).setRole(role.role());
        } else if (ask instanceof Ask.Mute mute) {
            command.setUsers(mute.users()).setUntil(mute.until());
        }
        return command.build();
    }

    private static ByteBuffer sealed(ByteBuffer body, Optional<BodyKey> key) {
        return key.map(with -> BodyCipher.encrypt(with, body)).orElse(body);
    }
}
