package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Vex.VADDPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VADDSS;
import static dev.transom.kernels.x86.internal.asm.Vex.VEXTRACTF128;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVSHDUP;
import static dev.transom.kernels.x86.internal.asm.Vex.VSHUFPS;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Xmm;
import dev.transom.kernels.x86.internal.asm.Ymm;

/** Emits what is done across the lanes of one register. */
final class Lanes {

    private Lanes() {
    }

    /** Leaves the sum of all lanes in the lowest one; uses up X0. */
    static void total(Assembler a, Ymm sum) {
        a.v(VEXTRACTF128, sum, Xmm.X0, 1);
        a.v(VADDPS, sum.low(), sum.low(), Xmm.X0);
        a.v(VSHUFPS, Xmm.X0, sum.low(), sum.low(), 0x4e);
        a.v(VADDPS, sum.low(), sum.low(), Xmm.X0);
        a.v(VMOVSHDUP, Xmm.X0, sum.low());
        a.v(VADDSS, sum.low(), sum.low(), Xmm.X0);
    }
}
