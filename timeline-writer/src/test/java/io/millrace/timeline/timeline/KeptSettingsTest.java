package io.millrace.timeline.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.Settings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeptSettingsTest {
    @Test
    void shouldReadWhatItStored() {
        // Given
        var draft = "{\"kind\":\"text\",\"text\":\"你好 \\\"x\\\"\"}";
        var settings = KeptSettings.of(
                new Settings(true, false, true, 7L, StandardCharsets.UTF_8.encode(draft), true, "Al\"s", true));

        // When
        var read = KeptSettings.read(settings.stored());

        // Then
        assertThat(read).isEqualTo(settings);
        assertThat(read.draft()).isEqualTo(draft);
        assertThat(settings.toString()).doesNotContain("你好");
    }

    @Test
    void shouldStoreTheFirstSettingsAsNothingSoThatTheyOverwriteEarlierOnes() {
        assertThat(KeptSettings.FIRST.stored()).isEmpty();
        assertThat(KeptSettings.read("")).isEqualTo(KeptSettings.FIRST);
        assertThat(KeptSettings.read(null)).isEqualTo(KeptSettings.FIRST);
        assertThat(KeptSettings.of(null)).isEqualTo(KeptSettings.FIRST);
    }
}
