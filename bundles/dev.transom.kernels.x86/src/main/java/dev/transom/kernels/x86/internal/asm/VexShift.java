package dev.transom.kernels.x86.internal.asm;

/** Shifts of vectors by a constant, whose kind stands where others have a register. */
public enum VexShift {
    VPSRLW(0x71, 2), VPSRAW(0x71, 4), VPSLLW(0x71, 6), VPSRLD(0x72, 2), VPSRAD(0x72, 4), VPSLLD(0x72, 6), VPSRLQ(0x73, 2),
    VPSLLQ(0x73, 6), VPSRLDQ(0x73, 3), VPSLLDQ(0x73, 7);

    final int opcode;
    final int kind;

    VexShift(int opcode, int kind) {
        this.opcode = opcode;
        this.kind = kind;
    }
}
