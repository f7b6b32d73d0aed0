package vault

import "context"

// Doors for the tests outside the package, which may import vaulttest.

// TestFactor makes scrypt fast.
const TestFactor = 4

// WorkFactor is what the product uses.
const WorkFactor = workFactor

// OpenCheap is Open with a cheap work factor.
func OpenCheap(ctx context.Context, o Options) (Vault, error) { return open(ctx, o, TestFactor) }

// Names the tests need.
var (
	KeyringAnswers = keyringAnswers
	Frame          = frame
	Unframe        = unframe
)

// OpenFile opens a vault file with a cheap work factor.
func OpenFile(ctx context.Context, dir string, passphrase string) (Vault, error) {
	v, err := openFile(ctx, dir, []byte(passphrase), TestFactor)
	if err != nil {
		return nil, err
	}
	return v, nil
}

// NewKeyring returns the keyring vault without asking whether there is one.
func NewKeyring(scope string) Vault { return newKeyring(scope) }

// Await runs a call as the keyring vault runs it.
func Await(ctx context.Context, gate chan struct{}, call func() (int, error)) (int, error) {
	return await(ctx, gate, call)
}

// Forget makes a vault from OpenFile unable to use its passphrase again.
func Forget(v Vault) { v.(*fileVault).lock.passphrase = "" }

// OpenBytes reads the bytes of a vault file.
func OpenBytes(raw []byte, passphrase string) (map[string][]byte, error) {
	secrets, _, err := lock{passphrase, TestFactor}.open(raw, nil)
	return secrets, err
}

// SealBytes makes the bytes of a vault file.
func SealBytes(secrets map[string][]byte, passphrase string) ([]byte, error) {
	k, err := lock{passphrase, TestFactor}.newKey()
	if err != nil {
		return nil, err
	}
	return k.seal(secrets)
}

// SealPlain makes a vault file with content that no vault would write.
func SealPlain(plain []byte, passphrase string, factor int) ([]byte, error) {
	k, err := lock{passphrase, factor}.newKey()
	if err != nil {
		return nil, err
	}
	body, err := encrypt(plain, k.identity.Recipient())
	return frame(k.wrapped, body), err
}

// WrapPlain makes a vault file with a key that no vault would make, and no secrets.
func WrapPlain(plain []byte, passphrase string) ([]byte, error) {
	wrapped, err := lock{passphrase, TestFactor}.wrap(plain)
	return frame(wrapped, nil), err
}
