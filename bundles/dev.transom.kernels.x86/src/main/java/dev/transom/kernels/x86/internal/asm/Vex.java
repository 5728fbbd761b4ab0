package dev.transom.kernels.x86.internal.asm;

/**
 * Instructions of AVX, AVX2, FMA and F16C by what encodes them: prefix, opcode map, W and opcode, as Intel's manual gives them
 * (volume 2, "VEX.256.66.0F38.W0 B8 /r"). A vector's length follows from the registers.
 */
public enum Vex {
    // Moves; a store has its source where others have their destination.
    VMOVUPS(0, 1, 0, 0x10), VMOVUPS_STORE(0, 1, 0, 0x11), VMOVSS(2, 1, 0, 0x10), VMOVSS_STORE(2, 1, 0, 0x11),
    VMOVDQU(2, 1, 0, 0x6f), VMOVDQU_STORE(2, 1, 0, 0x7f), VMOVQ(2, 1, 0, 0x7e), VMOVQ_STORE(1, 1, 0, 0xd6),
    VMOVD(1, 1, 0, 0x6e), VMOVD_STORE(1, 1, 0, 0x7e), VMOVQ_GPR(1, 1, 1, 0x6e),
    VMASKMOVPS(1, 2, 0, 0x2c), VMASKMOVPS_STORE(1, 2, 0, 0x2e),
    VBROADCASTSS(1, 2, 0, 0x18), VBROADCASTF128(1, 2, 0, 0x1a), VBROADCASTI128(1, 2, 0, 0x5a),
    VPBROADCASTB(1, 2, 0, 0x78), VPBROADCASTW(1, 2, 0, 0x79), VPBROADCASTD(1, 2, 0, 0x58), VPBROADCASTQ(1, 2, 0, 0x59),
    VINSERTF128(1, 3, 0, 0x18), VEXTRACTF128(1, 3, 0, 0x19), VINSERTI128(1, 3, 0, 0x38), VEXTRACTI128(1, 3, 0, 0x39),
    // Arithmetic on floats.
    VADDPS(0, 1, 0, 0x58), VSUBPS(0, 1, 0, 0x5c), VMULPS(0, 1, 0, 0x59), VDIVPS(0, 1, 0, 0x5e), VMAXPS(0, 1, 0, 0x5f),
    VMINPS(0, 1, 0, 0x5d), VANDPS(0, 1, 0, 0x54), VANDNPS(0, 1, 0, 0x55), VORPS(0, 1, 0, 0x56), VXORPS(0, 1, 0, 0x57),
    VADDSS(2, 1, 0, 0x58), VMULSS(2, 1, 0, 0x59), VDIVSS(2, 1, 0, 0x5e), VHADDPS(3, 1, 0, 0x7c), VMOVSHDUP(2, 1, 0, 0x16),
    VFMADD231PS(1, 2, 0, 0xb8), VFNMADD231PS(1, 2, 0, 0xbc), VFMADD213PS(1, 2, 0, 0xa8), VFMADD231SS(1, 2, 0, 0xb9),
    VROUNDPS(1, 3, 0, 0x08), VCMPPS(0, 1, 0, 0xc2), VBLENDVPS(1, 3, 0, 0x4a),
    VCVTPH2PS(1, 2, 0, 0x13), VCVTDQ2PS(0, 1, 0, 0x5b), VCVTPS2DQ(1, 1, 0, 0x5b),
    // Exchanges.
    VUNPCKLPS(0, 1, 0, 0x14), VUNPCKHPS(0, 1, 0, 0x15), VSHUFPS(0, 1, 0, 0xc6), VPERM2F128(1, 3, 0, 0x06),
    VPERMD(1, 2, 0, 0x36), VPERMQ(1, 3, 1, 0x00), VPSHUFD(1, 1, 0, 0x70), VPSHUFB(1, 2, 0, 0x00),
    VPUNPCKLBW(1, 1, 0, 0x60), VPUNPCKHBW(1, 1, 0, 0x68), VPUNPCKLWD(1, 1, 0, 0x61), VPUNPCKHWD(1, 1, 0, 0x69),
    VPUNPCKLDQ(1, 1, 0, 0x62), VPUNPCKHDQ(1, 1, 0, 0x6a), VPUNPCKLQDQ(1, 1, 0, 0x6c), VPUNPCKHQDQ(1, 1, 0, 0x6d),
    VPACKSSDW(1, 1, 0, 0x6b), VPACKSSWB(1, 1, 0, 0x63), VPBLENDD(1, 3, 0, 0x02), VPALIGNR(1, 3, 0, 0x0f),
    // Integers.
    VPADDB(1, 1, 0, 0xfc), VPADDW(1, 1, 0, 0xfd), VPADDD(1, 1, 0, 0xfe), VPSUBB(1, 1, 0, 0xf8), VPSUBW(1, 1, 0, 0xf9),
    VPSUBD(1, 1, 0, 0xfa), VPAND(1, 1, 0, 0xdb), VPANDN(1, 1, 0, 0xdf), VPOR(1, 1, 0, 0xeb), VPXOR(1, 1, 0, 0xef),
    VPMULLD(1, 2, 0, 0x40), VPMULLW(1, 1, 0, 0xd5), VPMADDWD(1, 1, 0, 0xf5), VPMADDUBSW(1, 2, 0, 0x04), VPSIGNB(1, 2, 0, 0x08),
    VPABSB(1, 2, 0, 0x1c), VPCMPEQB(1, 1, 0, 0x74), VPHADDD(1, 2, 0, 0x02), VPHADDW(1, 2, 0, 0x01),
    VPMOVZXWD(1, 2, 0, 0x33), VPMOVSXWD(1, 2, 0, 0x23), VPMOVSXBW(1, 2, 0, 0x20), VPMOVZXBW(1, 2, 0, 0x30),
    VPMOVSXBD(1, 2, 0, 0x21), VPMOVZXBD(1, 2, 0, 0x31);

    final int prefix;
    final int map;
    final int w;
    final int opcode;

    /**
     * @param prefix 0 none, 1 for 66, 2 for F3, 3 for F2
     * @param map    1 for 0F, 2 for 0F38, 3 for 0F3A
     */
    Vex(int prefix, int map, int w, int opcode) {
        this.prefix = prefix;
        this.map = map;
        this.w = w;
        this.opcode = opcode;
    }
}
