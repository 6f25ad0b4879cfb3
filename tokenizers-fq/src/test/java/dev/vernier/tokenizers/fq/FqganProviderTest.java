package dev.vernier.tokenizers.fq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.Settings;
import dev.vernier.spi.TeacherRequirements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FqganProviderTest {
  @Test
  void teacherRequirements_areWhatTheSettingsSay() {
    FqganProvider provider = new FqganProvider();
    Map<String, String> four =
        Map.of("representation-weight", "0.5", "prediction-heads", "2", "sub-codebooks", "4");
    assertThat(provider.teacherRequirements(Settings.defaults(provider.settings())))
        .isEqualTo(TeacherRequirements.NONE);
    assertThat(provider.teacherRequirements(Settings.of(provider.settings(), four)))
        .isEqualTo(
            new TeacherRequirements(
                List.of("branch-3"), List.of("branch-0", "branch-1", "branch-2")));
  }
}
