package dev.transom.kernels.x86.internal.asm;

/** What an instruction reads or writes: a register or memory. */
public sealed interface Operand permits Gpr, Xmm, Ymm, Memory {

    /** A register's number; a memory operand's is that of its base. */
    int number();
}
