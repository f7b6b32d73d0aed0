package bind

// System is the facade that tells the front end about the program itself.
type System struct{ version string }

// NewSystem returns the facade for a program of the given version.
func NewSystem(version string) *System { return &System{version: version} }

// Version returns the version of the product, such as "0.1.0".
func (s *System) Version() string { return s.version }
