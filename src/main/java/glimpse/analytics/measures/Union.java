package glimpse.analytics.measures;

/** Sets that are joined: each member points towards the least of its set. */
final class Union {
    private Union() {}

    static int find(int[] root, int member) {
        int top = member;
        while (root[top] != top) {
            root[top] = root[root[top]];
            top = root[top];
        }
        return top;
    }

    static void join(int[] root, int one, int other) {
        int a = find(root, one);
        int b = find(root, other);
        root[Math.max(a, b)] = Math.min(a, b);
    }
}
