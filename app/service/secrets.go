package service

import (
	"context"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// SetSecret keeps a secret of an app (test password, App Secret) in the vault; the store only learns that there is
// one. An empty text removes it.
func (s *Apps) SetSecret(ctx context.Context, given, key, text string) (Saved, error) {
	saved := Saved{SavedAt: s.stamp(), Values: []FieldValue{}, Completeness: []forms.Completeness{}}
	if err := s.sealed(key); err != nil {
		return saved, err
	}
	id, err := s.appID(ctx, given)
	if err != nil {
		return saved, err
	}
	v, err := s.Vault(ctx)
	if err != nil {
		return saved, err
	}
	name := secretName(id, key)
	ref := listing.Secret(name)
	if strings.TrimSpace(text) == "" {
		ref = ""
		err = v.Delete(ctx, name)
		if listing.CodeOf(err) == listing.CodeNotFound {
			err = nil
		}
	} else {
		err = v.Put(ctx, name, []byte(text))
	}
	if err != nil {
		return saved, err
	}
	return saved, s.setReference(ctx, id, key, ref)
}

func (s *Apps) setReference(ctx context.Context, id, key string, ref listing.Secret) error {
	return s.note(ctx, "更新"+s.forms.Field(key).Label, id, func(a *listing.App) { *secretOf(a, key) = ref })
}

// RevealSecret returns a secret; the journal notes that it was looked at.
func (s *Apps) RevealSecret(ctx context.Context, given, key string) (string, error) {
	if err := s.sealed(key); err != nil {
		return "", err
	}
	id, err := s.appID(ctx, given)
	if err != nil {
		return "", err
	}
	text, err := s.secret(ctx, id, key)
	if err != nil {
		return "", err
	}
	if err := s.note(ctx, "查看"+s.forms.Field(key).Label, id, func(*listing.App) {}); err != nil {
		return "", err // what cannot be noted is not shown
	}
	return text, nil
}

// secret reads a secret of an app out of the vault.
func (c *core) secret(ctx context.Context, id, key string) (string, error) {
	v, err := c.Vault(ctx)
	if err != nil {
		return "", err
	}
	raw, err := v.Get(ctx, secretName(id, key))
	if listing.CodeOf(err) == listing.CodeNotFound {
		return "", listing.Failf(listing.CodeNotFound, "请在本机重新填写", "密码库里没有“%s”", c.forms.Field(key).Label)
	}
	return string(raw), err
}

func (c *core) sealed(key string) error {
	if f := c.forms.Field(key); f == nil || f.Type != forms.Sealed {
		return unknownField(key)
	}
	return nil
}

func secretName(id, key string) string { return "app/" + id + "/" + forms.AppKey(key) }

func secretOf(a *listing.App, key string) *listing.Secret {
	if key == "app.app_secret" {
		return &a.AppSecret
	}
	return &a.TestPassword
}
