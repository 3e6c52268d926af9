package glimpse.images;

import static glimpse.images.AvifContainer.unreadable;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import glimpse.images.Av1Frame.Layout;
import glimpse.images.Av1Frame.Plane;
import java.util.List;

/**
 * dav1d as Java bytecode in a memory of its own: made for one picture, then dropped whole. The module's wrapper takes
 * 4:2:0 only, hence the calls of dav1d's own functions by their index. The build pins the file.
 */
final class Dav1dModule {
    private static final int MALLOC = 20;
    private static final int DATA_WRAP = 154;
    private static final int GET_PICTURE = 180;
    private static final int SEND_DATA = 181;

    private static final int HEAP_START = 5_626_096; // static data and a stack of 5 MB lie below
    private static final int MIN_PAGES = 86;
    private static final int MAX_PAGES = 8_192; // 512 MB
    private static final int TABLE_SIZE = 271;
    private static final int PICTURE_BYTES = 120;
    private static final int DATA_BYTES = 136;
    private static final List<Layout> LAYOUTS = List.of(Layout.I400, Layout.I420, Layout.I422, Layout.I444);

    private final Memory memory;
    private final Instance instance;
    private final int maxBytes;
    private int heapEnd = HEAP_START;

    /** With a limit for all it takes, since a stream may ask for more than its container tells. */
    Dav1dModule(long maxBytes) {
        this.maxBytes = (int) Math.min(maxBytes, (long) MAX_PAGES * Memory.PAGE_SIZE);
        this.memory = new ByteArrayMemory(new MemoryLimits(MIN_PAGES, MAX_PAGES));
        this.instance = instantiate();
        instance.export("__post_instantiate").apply();
    }

    /**
     * The most that a picture may take, its stream apart. Measured in whole blocks of 128 pixels: its samples and 0.7
     * bytes per pixel, the samples twice with film grain, and 350 KB.
     */
    static long memory(AvifLayer.Tile tile) {
        long pixels = (long) ((tile.width() + 127) & ~127) * ((tile.height() + 127) & ~127);
        return HEAP_START + (2L << 20) + pixels * (tile.layout().samplesPerTwoPixels() + 1);
    }

    /** Decodes the first picture of an AV1 stream. */
    Av1Frame decode(byte[] stream) {
        int context = memory.readInt((int) instance.export("djs_init").apply()[0]);
        int input = (int) instance.export("djs_alloc_obu").apply(stream.length)[0];
        int picture = call(MALLOC, PICTURE_BYTES + DATA_BYTES);
        if (context == 0 || input == 0 || picture == 0) {
            throw unreadable("its AV1 stream needs too much memory");
        }
        memory.fill((byte) 0, picture, picture + PICTURE_BYTES + DATA_BYTES);
        memory.write(input, stream);
        int data = picture + PICTURE_BYTES;
        call(DATA_WRAP, data, input, stream.length);
        if (call(SEND_DATA, context, data) < 0 || call(GET_PICTURE, context, picture) < 0) {
            throw unreadable("its AV1 stream is damaged");
        }
        return frame(picture);
    }

    /** Dav1dPicture of dav1d 0.2: pointers to three planes, two strides, then width, height, layout, bits. */
    private Av1Frame frame(int picture) {
        int layout = memory.readInt(picture + 36);
        int bits = memory.readInt(picture + 40);
        if (layout < 0 || layout >= LAYOUTS.size() || bits != 8) {
            throw unreadable("its AV1 stream is damaged");
        }
        int lumaStride = memory.readInt(picture + 20);
        int chromaStride = memory.readInt(picture + 24);
        return new Av1Frame(
                memory,
                memory.readInt(picture + 28),
                memory.readInt(picture + 32),
                LAYOUTS.get(layout),
                new Plane(memory.readInt(picture + 8), lumaStride),
                new Plane(memory.readInt(picture + 12), chromaStride),
                new Plane(memory.readInt(picture + 16), chromaStride));
    }

    private int call(int function, long... arguments) {
        long[] results = instance.getMachine().call(function, arguments);
        return results == null || results.length == 0 ? 0 : (int) results[0];
    }

    private Instance instantiate() {
        WasmModule module = Dav1d.load();
        Table table = new Table(ValType.FuncRef, new TableLimits(TABLE_SIZE, TABLE_SIZE));
        ImportValues.Builder imports = ImportValues.builder()
                .addMemory(new ImportMemory("env", "memory", memory))
                .addTable(new ImportTable("env", "table", new TableInstance(table, -1)));
        module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .map(FunctionImport.class::cast)
                .forEach(each -> imports.addFunction(new ImportFunction(
                        each.module(),
                        each.name(),
                        module.typeSection().getType(each.typeIndex()),
                        host(each.name()))));
        return Instance.builder(module)
                .withImportValues(imports.build())
                .withMachineFactory(Dav1d::create)
                .withStart(false)
                .build();
    }

    private WasmFunctionHandle host(String name) {
        return switch (name) {
            case "sbrk" -> (instance, arguments) -> new long[] {grow((int) arguments[0])};
            case "emscripten_memcpy_big" ->
                (instance, arguments) -> {
                    memory.copy((int) arguments[0], (int) arguments[1], (int) arguments[2]);
                    return new long[] {arguments[0]};
                };
            default -> (instance, arguments) -> new long[] {0}; // threads: there is one
        };
    }

    /** Moves the end of the heap as sbrk(2) does; past the limit, which is what guards the JVM's heap, it refuses. */
    private int grow(int bytes) {
        int end = heapEnd;
        long wanted = (long) end + bytes;
        if (wanted > maxBytes || wanted < HEAP_START) {
            return -1;
        }
        int missing = (int) ((wanted + Memory.PAGE_SIZE - 1) / Memory.PAGE_SIZE) - memory.pages();
        if (missing > 0) {
            memory.grow(missing);
        }
        heapEnd = (int) wanted;
        return end;
    }
}
