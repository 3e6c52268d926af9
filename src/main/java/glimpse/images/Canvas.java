package glimpse.images;

import java.util.Arrays;

/** Stands the first frame of an animation where it belongs on a transparent canvas. */
final class Canvas implements RowSink {
    private static final int CHANNELS = 4;

    /** Where a frame lies on its canvas. */
    record Frame(int x, int y, Size size) {
        boolean fits(Size canvas) {
            return x + size.width() <= canvas.width() && y + size.height() <= canvas.height();
        }

        boolean covers(Size canvas) {
            return x == 0 && y == 0 && size.equals(canvas);
        }
    }

    private final Frame frame;
    private final RowSink sink;
    private final byte[] row;
    private int received;

    private Canvas(Size size, Frame frame, RowSink sink) {
        this.frame = frame;
        this.sink = sink;
        this.row = new byte[size.width() * CHANNELS];
    }

    /** Calls back with the sink to give the frame's rows of RGBA to. */
    static <E extends Exception> void around(Size size, Frame frame, RowSink sink, Decoding<E> decoding) throws E {
        Canvas canvas = new Canvas(size, frame, sink);
        canvas.blank(frame.y());
        decoding.into(canvas);
        canvas.blank(size.height() - frame.y() - canvas.received);
    }

    /** What fills the frame. */
    interface Decoding<E extends Exception> {
        void into(RowSink rows) throws E;
    }

    @Override
    public void accept(byte[] samples, int offset) {
        System.arraycopy(
                samples, offset, row, frame.x() * CHANNELS, frame.size().width() * CHANNELS);
        sink.accept(row, 0);
        received++;
    }

    private void blank(int rows) {
        Arrays.fill(row, (byte) 0);
        for (int y = 0; y < rows; y++) {
            sink.accept(row, 0);
        }
    }
}
