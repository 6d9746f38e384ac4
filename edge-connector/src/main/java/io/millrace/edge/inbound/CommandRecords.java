package io.millrace.edge.inbound;

import io.millrace.edge.protocol.Ask;
import io.millrace.edge.protocol.Fingerprints;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Clock;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Maps asks to records of the log, with the key that decides their partition. Thread-safe. */
final class CommandRecords {
    private final Fingerprints fingerprints;
    private final Clock clock;

    CommandRecords(Fingerprints fingerprints, Clock clock) {
        this.fingerprints = fingerprints;
        this.clock = clock;
    }

    ProducerRecord<String, SpecificRecord> of(Ask ask, Asker asker, Origin origin) {
        if (ask instanceof Ask.Read read) {
            return new ProducerRecord<>(
                    TopicCatalogue.USER_COMMANDS.name(), asker.user().value(), read(read, asker, origin));
        }
        return new ProducerRecord<>(
                TopicCatalogue.COMMANDS.name(),
                ask.conversation().value(),
                command((Ask.OfConversation) ask, asker, origin));
    }

    private static UserCommand read(Ask.Read read, Asker asker, Origin origin) {
        return UserCommand.newBuilder()
                .setType(UserCommandType.READ)
                .setUser(asker.user().value())
                .setOrigin(origin)
                .setConversation(read.conversation().value())
                .setSeq(read.seq())
                .setClientMessageId(read.key().value())
                .build();
    }

    private Command command(Ask.OfConversation ask, Asker asker, Origin origin) {
        var device = asker.device();
        var command = Command.newBuilder()
                .setType(ask.type())
                .setConversation(ask.conversation().value())
                .setUser(asker.user().value())
                .setDevice(device == null ? null : device.value())
                .setClientMessageId(ask.key().value())
                .setFingerprint(fingerprints.of(ask))
                .setReceivedAt(clock.instant())
                .setOrigin(origin);
        if (ask instanceof Ask.Send send) {
            command.setBody(send.body().utf8()).setReplyTo(send.replyTo()).setMentions(send.mentions());
        } else if (ask instanceof Ask.Edit edit) {
            command.setBody(edit.body().utf8()).setTargetSeq(edit.seq());
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
        } else if (ask instanceof Ask.SetTitle title) {
            command.setTitle(title.title());
        }
        return command.build();
    }
}
