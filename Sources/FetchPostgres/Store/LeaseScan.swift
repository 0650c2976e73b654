/// A store's knowledge of the available jobs of some endpoints after a lease.
struct LeaseScan: Sendable {
    /// The part of the jobs that has to be read.
    var window = ScanWindow()

    /// The positions at which the next lease begins to look for tenants with due jobs, as `take_due` has returned them.
    var positions = "{NULL,NULL,NULL,NULL,NULL,NULL}"
}
