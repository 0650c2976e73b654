/// The age at which a provider expects a job to be done, from its ETAs.
struct ExpectedEnd: Sendable {
    /// The age that follows from the first ETA.
    @InNanosecondsOrNil private(set) var firstAge: Duration?
    /// The age that follows from the latest ETA.
    @InNanosecondsOrNil private(set) var age: Duration?
    @InNanosecondsOrNil private(set) var lastETA: Duration?

    /// Creates the expectation from the ETA that was given at the submission.
    init(submittedETA eta: Duration?) {
        firstAge = eta?.clamped(to: .zero ... .hundredYears)
        age = firstAge
        lastETA = eta
    }

    /// Notes an ETA. A provider that repeats one unchanged isn't counting down, so the age that followed from it first
    /// stays.
    mutating func note(_ eta: Duration?, at age: Duration) {
        guard let eta, eta != lastETA else { return }
        lastETA = eta
        self.age = age + eta.clamped(to: .zero ... .hundredYears)
        firstAge = firstAge ?? self.age
    }

    /// Takes over the age that followed from the latest ETA in another process.
    mutating func resume(age: Duration?, lastETA: Duration?) {
        guard let age else { return }
        (self.age, self.lastETA) = (age, lastETA)
        firstAge = firstAge ?? age
    }
}
