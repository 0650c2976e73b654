// FoundationEssentials leaves mathematics to the platform's C library.
#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Android)
    import Android
#endif

/// The base to the power of the exponent.
func power(_ base: Double, _ exponent: Double) -> Double {
    pow(base, exponent)
}

/// The logarithm to the base 2.
func binaryLogarithm(_ number: Double) -> Double {
    log2(number)
}

/// The logarithm to the base e.
func naturalLogarithm(_ number: Double) -> Double {
    log(number)
}

/// e to the power of the exponent.
func exponential(_ exponent: Double) -> Double {
    exp(exponent)
}
