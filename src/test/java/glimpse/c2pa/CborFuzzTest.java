package glimpse.c2pa;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Run with {@code JAZZER_FUZZ=1} to fuzz; otherwise the seeds are replayed. */
class CborFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void any_bytes_are_read_or_refused(byte[] data) {
        try {
            CborReader.read(data);
        } catch (MalformedException refusal) {
            // the one way to fail
        }
    }
}
