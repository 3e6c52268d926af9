package glimpse.generation.painting;

/** A colour in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020). */
record Lab(float l, float a, float b) {
    /**
     * From lightness, chroma and hue, with as much of the chroma as an sRGB screen can show.
     *
     * @param lightness 0 to 1
     * @param hue in degrees
     */
    static Lab ofLch(double lightness, double chroma, double hue) {
        double cosine = StrictMath.cos(StrictMath.toRadians(hue));
        double sine = StrictMath.sin(StrictMath.toRadians(hue));
        double shown = chroma;
        Lab color = new Lab((float) lightness, (float) (shown * cosine), (float) (shown * sine));
        while (!color.isShown() && shown > 0.001) {
            shown *= 0.96;
            color = new Lab((float) lightness, (float) (shown * cosine), (float) (shown * sine));
        }
        return color;
    }

    Lab mixed(Lab other, float share) {
        return new Lab(Noise.mix(l, other.l, share), Noise.mix(a, other.a, share), Noise.mix(b, other.b, share));
    }

    Lab lighter(float by) {
        return new Lab(l + by, a, b);
    }

    private boolean isShown() {
        float darkest = Math.min(red(l, a, b), Math.min(green(l, a, b), blue(l, a, b)));
        float lightest = Math.max(red(l, a, b), Math.max(green(l, a, b), blue(l, a, b)));
        return darkest > -0.001f && lightest < 1.001f;
    }

    /** Linear sRGB's red; what a screen can't show lies outside of 0 to 1. */
    static float red(float l, float a, float b) {
        return 4.0767417f * longCone(l, a, b) - 3.3077116f * mediumCone(l, a, b) + 0.23096994f * shortCone(l, a, b);
    }

    static float green(float l, float a, float b) {
        return -1.268438f * longCone(l, a, b) + 2.6097574f * mediumCone(l, a, b) - 0.34131938f * shortCone(l, a, b);
    }

    static float blue(float l, float a, float b) {
        return -0.0041960864f * longCone(l, a, b) - 0.7034186f * mediumCone(l, a, b) + 1.7076147f * shortCone(l, a, b);
    }

    private static float longCone(float l, float a, float b) {
        float root = l + 0.39633778f * a + 0.21580376f * b;
        return root * root * root;
    }

    private static float mediumCone(float l, float a, float b) {
        float root = l - 0.105561346f * a - 0.06385417f * b;
        return root * root * root;
    }

    private static float shortCone(float l, float a, float b) {
        float root = l - 0.08948418f * a - 1.2914855f * b;
        return root * root * root;
    }
}
