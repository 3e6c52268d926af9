package glimpse.images;

/** Bytes that a decoder needs at its peak, on the heap and in native memory. */
record Footprint(long heap, long nativeMemory) {
    Footprint plusHeap(long bytes) {
        return new Footprint(heap + bytes, nativeMemory);
    }
}
