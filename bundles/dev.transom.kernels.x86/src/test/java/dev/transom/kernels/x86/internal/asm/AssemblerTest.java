package dev.transom.kernels.x86.internal.asm;

import static dev.transom.kernels.x86.internal.asm.Gpr.*;
import static dev.transom.kernels.x86.internal.asm.Memory.at;
import static dev.transom.kernels.x86.internal.asm.Vex.*;
import static dev.transom.kernels.x86.internal.asm.VexShift.*;
import static dev.transom.kernels.x86.internal.asm.Xmm.*;
import static dev.transom.kernels.x86.internal.asm.Ymm.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The expected bytes are the GNU assembler's for the words beside them (between registers, its second form). */
class AssemblerTest {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private record Case(String bytes, String words, Consumer<Assembler> code) {
        static Case of(String bytes, String words, Consumer<Assembler> code) {
            return new Case(bytes, words, code);
        }
    }

    @TestFactory
    Stream<DynamicTest> writesWhatTheGnuAssemblerWrites() {
        return cases().map(c -> dynamicTest(c.words, () -> assertEquals(c.bytes, hex(c.code))));
    }

    private static Stream<Case> cases() {
        return Stream.of(
            Case.of("c5 fc 10 0f", "vmovups ymm1, [rdi]", a -> a.v(VMOVUPS, Y1, at(RDI))),
            Case.of("c4 41 7c 10 4c 24 40", "vmovups ymm9, [r12+0x40]", a -> a.v(VMOVUPS, Y9, at(R12, 0x40))),
            Case.of("c4 21 7c 11 7c 41 20", "vmovups [rcx+r8*2+0x20], ymm15", a -> a.v(VMOVUPS_STORE, Y15, at(RCX, R8, 2, 0x20))),
            Case.of("c5 f8 10 5d 00", "vmovups xmm3, [rbp]", a -> a.v(VMOVUPS, X3, at(RBP))),
            Case.of("c4 81 78 10 9c fd 45 23 01 00", "vmovups xmm3, [r13+r15*8+0x12345]", a -> a.v(VMOVUPS, X3, at(R13, R15, 8,
            0x12345))),
            Case.of("c5 fc 11 7c 24 80", "vmovups [rsp-0x80], ymm7", a -> a.v(VMOVUPS_STORE, Y7, at(RSP, -0x80))),
            Case.of("c4 e2 7d 18 57 14", "vbroadcastss ymm2, [rdi+0x14]", a -> a.v(VBROADCASTSS, Y2, at(RDI, 0x14))),
            Case.of("c4 c2 7d 18 d4", "vbroadcastss ymm2, xmm12", a -> a.v(VBROADCASTSS, Y2, X12)),
            Case.of("c4 e2 6d b8 e0", "vfmadd231ps ymm4, ymm2, ymm0", a -> a.v(VFMADD231PS, Y4, Y2, Y0)),
            Case.of("c4 62 15 b8 b6 00 01 00 00", "vfmadd231ps ymm14, ymm13, [rsi+0x100]", a -> a.v(VFMADD231PS, Y14, Y13,
            at(RSI, 0x100))),
            Case.of("c4 62 55 bc ce", "vfnmadd231ps ymm9, ymm5, ymm6", a -> a.v(VFNMADD231PS, Y9, Y5, Y6)),
            Case.of("c4 41 34 58 04 1a", "vaddps ymm8, ymm9, [r10+rbx]", a -> a.v(VADDPS, Y8, Y9, at(R10, RBX, 1))),
            Case.of("c5 fa 58 c1", "vaddss xmm0, xmm0, xmm1", a -> a.v(VADDSS, X0, X0, X1)),
            Case.of("c4 c1 6a 59 52 04", "vmulss xmm2, xmm2, [r10+4]", a -> a.v(VMULSS, X2, X2, at(R10, 4))),
            Case.of("c5 c8 5e f4", "vdivps xmm6, xmm6, xmm4", a -> a.v(VDIVPS, X6, X6, X4)),
            Case.of("c5 d8 5f e5", "vmaxps xmm4, xmm4, xmm5", a -> a.v(VMAXPS, X4, X4, X5)),
            Case.of("c4 41 2c 57 d2", "vxorps ymm10, ymm10, ymm10", a -> a.v(VXORPS, Y10, Y10, Y10)),
            Case.of("c4 a2 7d 2c 14 01", "vmaskmovps ymm2, ymm0, [rcx+r8]", a -> a.v(VMASKMOVPS, Y2, Y0, at(RCX, R8, 1))),
            Case.of("c4 e2 75 2e 29", "vmaskmovps [rcx], ymm1, ymm5", a -> a.v(VMASKMOVPS_STORE, Y5, Y1, at(RCX))),
            Case.of("c4 c3 65 18 1c 01 01", "vinsertf128 ymm3, ymm3, [r9+rax], 1", a -> a.v(VINSERTF128, Y3, Y3, at(R9, RAX, 1),
            1)),
            Case.of("c4 63 7d 19 d0 01", "vextractf128 xmm0, ymm10, 1", a -> a.v(VEXTRACTF128, Y10, X0, 1)),
            Case.of("c4 e3 7d 39 e5 01", "vextracti128 xmm5, ymm4, 1", a -> a.v(VEXTRACTI128, Y4, X5, 1)),
            Case.of("c5 dc c6 c5 44", "vshufps ymm0, ymm4, ymm5, 0x44", a -> a.v(VSHUFPS, Y0, Y4, Y5, 0x44)),
            Case.of("c5 fc 14 e1", "vunpcklps ymm4, ymm0, ymm1", a -> a.v(VUNPCKLPS, Y4, Y0, Y1)),
            Case.of("c5 ec 15 f3", "vunpckhps ymm6, ymm2, ymm3", a -> a.v(VUNPCKHPS, Y6, Y2, Y3)),
            Case.of("c4 c3 fd 00 e3 d8", "vpermq ymm4, ymm11, 0xd8", a -> a.v(VPERMQ, Y4, Y11, 0xd8)),
            Case.of("c4 e2 0d 36 c0", "vpermd ymm0, ymm14, ymm0", a -> a.v(VPERMD, Y0, Y14, Y0)),
            Case.of("c4 e3 7d 02 c1 f0", "vpblendd ymm0, ymm0, ymm1, 0xf0", a -> a.v(VPBLENDD, Y0, Y0, Y1, 0xf0)),
            Case.of("c4 42 7d 13 03", "vcvtph2ps ymm8, [r11]", a -> a.v(VCVTPH2PS, Y8, at(R11))),
            Case.of("c4 e2 7d 13 d2", "vcvtph2ps ymm2, xmm2", a -> a.v(VCVTPH2PS, Y2, X2)),
            Case.of("c5 fc 5b c9", "vcvtdq2ps ymm1, ymm1", a -> a.v(VCVTDQ2PS, Y1, Y1)),
            Case.of("c5 fd 5b db", "vcvtps2dq ymm3, ymm3", a -> a.v(VCVTPS2DQ, Y3, Y3)),
            Case.of("c5 f9 6e 57 12", "vmovd xmm2, [rdi+0x12]", a -> a.v(VMOVD, X2, at(RDI, 0x12))),
            Case.of("c5 f9 7e 8a 04 01 00 00", "vmovd [rdx+0x104], xmm1", a -> a.v(VMOVD_STORE, X1, at(RDX, 0x104))),
            Case.of("c4 e1 f9 6e e8", "vmovq xmm5, rax", a -> a.v(VMOVQ_GPR, X5, RAX)),
            Case.of("c4 41 7a 11 10", "vmovss [r8], xmm10", a -> a.v(VMOVSS_STORE, X10, at(R8))),
            Case.of("c4 c1 7a 16 c2", "vmovshdup xmm0, xmm10", a -> a.v(VMOVSHDUP, X0, X10)),
            Case.of("c4 c2 7d 04 4b 40", "vpmaddubsw ymm1, ymm0, [r11+0x40]", a -> a.v(VPMADDUBSW, Y1, Y0, at(R11, 0x40))),
            Case.of("c4 c1 75 f5 cc", "vpmaddwd ymm1, ymm1, ymm12", a -> a.v(VPMADDWD, Y1, Y1, Y12)),
            Case.of("c4 e2 6d 08 d0", "vpsignb ymm2, ymm2, ymm0", a -> a.v(VPSIGNB, Y2, Y2, Y0)),
            Case.of("c4 e2 7d 1c c8", "vpabsb ymm1, ymm0", a -> a.v(VPABSB, Y1, Y0)),
            Case.of("c4 e2 3d 00 d3", "vpshufb ymm2, ymm8, ymm3", a -> a.v(VPSHUFB, Y2, Y8, Y3)),
            Case.of("c4 c1 75 74 ce", "vpcmpeqb ymm1, ymm1, ymm14", a -> a.v(VPCMPEQB, Y1, Y1, Y14)),
            Case.of("c5 fd 6b c1", "vpackssdw ymm0, ymm0, ymm1", a -> a.v(VPACKSSDW, Y0, Y0, Y1)),
            Case.of("c5 fd 63 c2", "vpacksswb ymm0, ymm0, ymm2", a -> a.v(VPACKSSWB, Y0, Y0, Y2)),
            Case.of("c4 e2 71 02 ca", "vphaddd xmm1, xmm1, xmm2", a -> a.v(VPHADDD, X1, X1, X2)),
            Case.of("c4 e2 7d 20 af c0 00 00 00", "vpmovsxbw ymm5, [rdi+0xc0]", a -> a.v(VPMOVSXBW, Y5, at(RDI, 0xc0))),
            Case.of("c4 e2 7d 31 c8", "vpmovzxbd ymm1, xmm0", a -> a.v(VPMOVZXBD, Y1, X0)),
            Case.of("c4 e2 7d 33 07", "vpmovzxwd ymm0, [rdi]", a -> a.v(VPMOVZXWD, Y0, at(RDI))),
            Case.of("c4 e2 79 79 17", "vpbroadcastw xmm2, [rdi]", a -> a.v(VPBROADCASTW, X2, at(RDI))),
            Case.of("c4 e2 7d 58 4f 02", "vpbroadcastd ymm1, [rdi+2]", a -> a.v(VPBROADCASTD, Y1, at(RDI, 2))),
            Case.of("c4 e2 7d 5a 47 02", "vbroadcasti128 ymm0, [rdi+2]", a -> a.v(VBROADCASTI128, Y0, at(RDI, 2))),
            Case.of("c5 bd 61 e0", "vpunpcklwd ymm4, ymm8, ymm0", a -> a.v(VPUNPCKLWD, Y4, Y8, Y0)),
            Case.of("c5 dd 6a cd", "vpunpckhdq ymm1, ymm4, ymm5", a -> a.v(VPUNPCKHDQ, Y1, Y4, Y5)),
            Case.of("c4 c1 35 71 d4 04", "vpsrlw ymm9, ymm12, 4", a -> a.shift(VPSRLW, Y9, Y12, 4)),
            Case.of("c5 fd 72 f0 10", "vpslld ymm0, ymm0, 16", a -> a.shift(VPSLLD, Y0, Y0, 16)),
            Case.of("c5 f1 73 d8 08", "vpsrldq xmm1, xmm0, 8", a -> a.shift(VPSRLDQ, X1, X0, 8)),
            Case.of("c5 f8 77", "vzeroupper", a -> a.vzeroupper()),
            Case.of("48 8b c6", "mov rax, rsi", a -> a.mov(RAX, RSI)),
            Case.of("4c 8b 64 24 08", "mov r12, [rsp+8]", a -> a.mov(R12, at(RSP, 8))),
            Case.of("4d 89 4d 00", "mov [r13], r9", a -> a.store(at(R13), R9)),
            Case.of("48 c7 c7 fb ff ff ff", "mov rdi, -5", a -> a.mov(RDI, -5)),
            Case.of("49 ba 00 00 00 00 30 30 30 30", "movabs r10, 0x3030303000000000", a -> a.mov(R10, 0x3030303000000000L)),
            Case.of("8b 47 04", "mov eax, [rdi+4]", a -> a.mov32(RAX, at(RDI, 4))),
            Case.of("45 8b c8", "mov r9d, r8d", a -> a.mov32(R9, R8)),
            Case.of("89 57 0c", "mov [rdi+12], edx", a -> a.store32(at(RDI, 12), RDX)),
            Case.of("44 0f b7 07", "movzx r8d, word ptr [rdi]", a -> a.movzx16(R8, at(RDI))),
            Case.of("4b 8d 1c 40", "lea rbx, [r8+r8*2]", a -> a.lea(RBX, at(R8, R8, 2))),
            Case.of("48 83 c7 40", "add rdi, 64", a -> a.add(RDI, 64)),
            Case.of("49 81 eb 00 10 00 00", "sub r11, 0x1000", a -> a.sub(R11, 0x1000)),
            Case.of("49 81 e1 ff ff 00 00", "and r9, 0xffff", a -> a.and(R9, 0xffff)),
            Case.of("48 3b c2", "cmp rax, rdx", a -> a.cmp(RAX, RDX)),
            Case.of("49 0f af c9", "imul rcx, r9", a -> a.imul(RCX, R9)),
            Case.of("49 c1 e1 20", "shl r9, 32", a -> a.shl(R9, 32)),
            Case.of("48 c1 e8 20", "shr rax, 32", a -> a.shr(RAX, 32)),
            Case.of("41 57", "push r15", a -> a.push(R15)),
            Case.of("5b", "pop rbx", a -> a.pop(RBX)),
            Case.of("0f 18 8f 00 02 00 00", "prefetcht0 [rdi+0x200]", a -> a.prefetch(at(RDI, 0x200))),
            Case.of("41 0f 18 14 30", "prefetcht1 [r8+rsi]", a -> a.prefetchSecond(at(R8, RSI, 1))),
            Case.of("0f a2", "cpuid", a -> a.cpuid()),
            Case.of("0f 01 d0", "xgetbv", a -> a.xgetbv()),
            Case.of("c3", "ret", a -> a.ret()));
    }

    @Test
    void jumpsForwardsAndBackwards() {
        assertEquals("0f 84 05 00 00 00 e9 f5 ff ff ff c3", hex(a -> {
            Label end = new Label();
            Label start = a.here();
            a.jump(Condition.ZERO, end);
            a.jump(start);
            a.bind(end);
            a.ret();
        }));
    }

    @Test
    void findsConstantsBehindTheCodeEvenIfANumberFollowsTheAddress() {
        assertEquals("c5 fc c6 05 07 00 00 00 03 c3 90 90 90 90 90 90 01 00 00 00 02 00 00 00",
            hex(a -> {
                a.v(VSHUFPS, Y0, Y0, a.constant(1, 2), 3);
                a.ret();
            }));
    }

    @Test
    void keepsOneOfEqualConstants() {
        assertEquals("c5 fc 10 05 09 00 00 00 c5 fc 10 0d 01 00 00 00 c3 07 00 00 00".length() + 9,
            hex(a -> {
                a.v(VMOVUPS, Y0, a.constant(7));
                a.v(VMOVUPS, Y1, a.constant(7));
                a.ret();
            }).length());
    }

    @Test
    void refusesALabelThatIsNowhere() {
        Assembler a = new Assembler();
        a.jump(new Label());
        assertThrows(IllegalStateException.class, a::bytes);
        assertThrows(IllegalArgumentException.class, () -> at(RAX, RSP, 1));
    }

    private static String hex(Consumer<Assembler> code) {
        Assembler a = new Assembler();
        code.accept(a);
        return HEX.formatHex(a.bytes());
    }
}
