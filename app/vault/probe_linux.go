package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
	ss "github.com/zalando/go-keyring/secret_service"
)

const (
	loginCollection = "/org/freedesktop/secrets/collection/login"
	readAlias       = "org.freedesktop.Secret.Service.ReadAlias"
)

var errNoBus = errors.New("no session bus")

// probe asks the Secret Service whether there is a collection to put secrets in. It starts no bus: without a session
// bus the D-Bus library would run dbus-launch and leave a daemon behind.
func probe(ctx context.Context) error {
	if !sessionBus() {
		return errNoBus
	}
	service, err := ss.NewSecretService()
	if err != nil {
		return err
	}
	if service.CheckCollectionPath(loginCollection) == nil {
		return nil
	}
	var path dbus.ObjectPath
	object := service.Object("org.freedesktop.secrets", "/org/freedesktop/secrets")
	if err := object.CallWithContext(ctx, readAlias, 0, "default").Store(&path); err != nil {
		return err
	}
	if path == "/" {
		return errors.New("secret service without a default collection")
	}
	return nil
}

func sessionBus() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "bus"))
	return err == nil
}
