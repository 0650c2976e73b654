// FoundationEssentials doesn't contain mathematical functions; they come from the platform's C library.
#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Android)
    import Android
#endif

/// Returns a base raised to the power of an exponent.
func power(_ base: Double, _ exponent: Double) -> Double {
    pow(base, exponent)
}

/// Returns the logarithm to the base 2.
func binaryLogarithm(_ number: Double) -> Double {
    log2(number)
}

/// Returns the logarithm to the base e.
func naturalLogarithm(_ number: Double) -> Double {
    log(number)
}

/// Returns e raised to the power of an exponent.
func exponential(_ exponent: Double) -> Double {
    exp(exponent)
}
