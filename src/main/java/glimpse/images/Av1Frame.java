package glimpse.images;

import com.dylibso.chicory.runtime.Memory;

/** A decoded picture, still in the memory of the decoder that made it. */
record Av1Frame(Memory memory, int width, int height, Layout layout, Plane y, Plane u, Plane v) {
    /** Which chroma there is. */
    enum Layout {
        I400(2),
        I420(3),
        I422(4),
        I444(6);

        private final int samplesPerTwoPixels;

        Layout(int samplesPerTwoPixels) {
            this.samplesPerTwoPixels = samplesPerTwoPixels;
        }

        int samplesPerTwoPixels() {
            return samplesPerTwoPixels;
        }
    }

    record Plane(int address, int stride) {}

    int chromaWidth() {
        return layout == Layout.I444 ? width : (width + 1) / 2;
    }

    int chromaHeight() {
        return layout == Layout.I420 ? (height + 1) / 2 : height;
    }

    byte[] luma(int row) {
        return row(y, row, width);
    }

    byte[] blue(int row) {
        return row(u, row, chromaWidth());
    }

    byte[] red(int row) {
        return row(v, row, chromaWidth());
    }

    private byte[] row(Plane plane, int row, int length) {
        return memory.readBytes(plane.address + row * plane.stride, length);
    }
}
