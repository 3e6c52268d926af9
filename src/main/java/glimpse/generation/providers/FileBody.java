package glimpse.generation.providers;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes an answer to a file, and stops at a limit whatever its headers promise. Gives its length. */
final class FileBody implements BodySubscriber<Long> {
    private final FileChannel file;
    private final long max;
    private final CompletableFuture<Long> length = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long written;

    FileBody(Path file, long max) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.WRITE);
        this.max = max;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return length;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (length.isDone() || subscription == null) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                written += buffer.remaining();
                if (written > max) {
                    throw new IOException("more than " + max + " bytes");
                }
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
            }
            subscription.request(1);
        } catch (IOException problem) {
            subscription.cancel();
            onError(problem);
        }
    }

    @Override
    public void onError(Throwable problem) {
        close();
        length.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        close();
        length.complete(written);
    }

    private void close() {
        try {
            file.close();
        } catch (IOException problem) {
            length.completeExceptionally(problem);
        }
    }
}
