/// The error that ends a trial whose violation is recorded.
struct EndOfTrial: Error {}
