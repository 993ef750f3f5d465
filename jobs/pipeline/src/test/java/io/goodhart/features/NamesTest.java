package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void namesComeBackAsTheyWerePackedHoweverManyThereAre() {
        List<String> packed = Stream.concat(
                        Stream.of("", "a", "ab", "b", "модель", "🙂"),
                        IntStream.range(0, 200).mapToObj(i -> "model-" + i))
                .toList();
        Names names = new Names();

        for (int round = 0; round < 2; round++) {
            Input input = packed(packed);
            assertThat(packed).allSatisfy(name -> assertThat(names.read(input)).isEqualTo(name));
        }
    }

    @Test
    void aNameThatComesAgainIsMadeOnce() {
        Names names = new Names();
        Input input = packed(List.of("курсор", "cursor", "курсор"));
        String first = names.read(input);
        names.read(input);

        assertThat(names.read(input)).isSameAs(first);
    }

    @Test
    void whatStandsBehindASkippedNameIsReadNext() {
        Input input = packed(List.of("курсор", "cursor"));
        Names.skip(input);

        assertThat(new Names().read(input)).isEqualTo("cursor");
        assertThat(input.position()).isEqualTo(input.limit());
    }

    private static Input packed(List<String> names) {
        Output output = new Output(16, -1);
        names.forEach(name -> Names.pack(name.getBytes(StandardCharsets.UTF_8), output));
        return new Input(output.toBytes());
    }
}
