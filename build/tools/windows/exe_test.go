// Package windows is the module of the tools for the Windows build: the wails command, which adds the resources, and a
// test that reads them back out of the finished program. "make windows" runs both.
package windows

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

const program = "../../bin/shangjiatong.exe"

// project is what wails.json says about the product.
type project struct {
	Info struct{ CompanyName, ProductName, ProductVersion, Copyright string }
}

func TestResources(t *testing.T) {
	f, err := os.Open(program)
	if err != nil {
		t.Fatalf("build it first (make windows): %v", err)
	}
	defer f.Close()
	resources, err := winres.LoadFromEXE(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("icon", func(t *testing.T) { checkIcon(t, resources) })
	t.Run("version", func(t *testing.T) { checkVersion(t, resources) })
	t.Run("manifest", func(t *testing.T) { checkManifest(t, resources) })
}

// checkIcon wants our own picture, in the sizes that the task bar and the Explorer ask for.
func checkIcon(t *testing.T, resources *winres.ResourceSet) {
	var icon *winres.Icon
	resources.WalkType(winres.RT_GROUP_ICON, func(name winres.Identifier, lang uint16, _ []byte) bool {
		var err error
		if icon, err = resources.GetIconTranslation(name, lang); err != nil {
			t.Fatal(err)
		}
		return false
	})
	if icon == nil {
		t.Fatal("no icon")
	}
	var ico bytes.Buffer
	if err := icon.SaveICO(&ico); err != nil {
		t.Fatal(err)
	}
	sizes := icoSizes(ico.Bytes())
	for _, want := range []int{16, 32, 48, 256} {
		if !sizes[want] {
			t.Errorf("no picture of %d pixels, only %v", want, sizes)
		}
	}
	checkPicture(t, ico.Bytes())
}

// icoSizes reads the widths out of an .ico file's directory.
func icoSizes(ico []byte) map[int]bool {
	sizes := map[int]bool{}
	for i := range int(ico[4]) {
		width := int(ico[6+16*i])
		if width == 0 {
			width = 256
		}
		sizes[width] = true
	}
	return sizes
}

// checkPicture wants the blue of our icon near the top edge of the 256-pixel picture, and white in its middle.
func checkPicture(t *testing.T, ico []byte) {
	t.Helper()
	start := bytes.Index(ico, []byte("\x89PNG"))
	if start < 0 {
		t.Fatal("no PNG in the icon")
	}
	picture, err := png.Decode(bytes.NewReader(ico[start:]))
	if err != nil {
		t.Fatal(err)
	}
	b := picture.Bounds()
	r, g, bl, _ := picture.At(b.Dx()/2, b.Dy()/16).RGBA()
	if r>>8 != 0x0b || g>>8 != 0x5c || bl>>8 != 0xad {
		t.Errorf("top of the icon is #%02x%02x%02x, not our blue", r>>8, g>>8, bl>>8)
	}
	if r, g, bl, _ := picture.At(b.Dx()/2, b.Dy()/2).RGBA(); r&g&bl>>8 != 0xff {
		t.Errorf("middle of the icon is #%02x%02x%02x, not white", r>>8, g>>8, bl>>8)
	}
}

// checkVersion wants what wails.json says, in Chinese (0804).
func checkVersion(t *testing.T, resources *winres.ResourceSet) {
	raw, err := os.ReadFile("../../../wails.json")
	if err != nil {
		t.Fatal(err)
	}
	var want project
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	data := resources.Get(winres.RT_VERSION, winres.ID(1), versionLang(resources))
	if data == nil {
		t.Fatal("no version information")
	}
	info, err := version.FromBytes(data)
	if err != nil {
		t.Fatal(err)
	}
	texts := info.Table()[0x0804]
	if texts == nil {
		t.Fatalf("no Chinese version information, only %v", info.Table())
	}
	for key, value := range map[string]string{
		version.ProductName:    want.Info.ProductName,
		version.ProductVersion: want.Info.ProductVersion,
		version.FileVersion:    want.Info.ProductVersion,
		version.CompanyName:    want.Info.CompanyName,
		version.LegalCopyright: want.Info.Copyright,
	} {
		if got := (*texts)[key]; got != value || value == "" {
			t.Errorf("%s is %q, want %q", key, got, value)
		}
	}
}

// versionLang returns the language under which the version information lies.
func versionLang(resources *winres.ResourceSet) uint16 {
	var found uint16
	resources.WalkType(winres.RT_VERSION, func(_ winres.Identifier, lang uint16, _ []byte) bool {
		found = lang
		return false
	})
	return found
}

// checkManifest wants a program that is sharp on every screen and asks for no administrator.
func checkManifest(t *testing.T, resources *winres.ResourceSet) {
	var data []byte
	resources.WalkType(winres.RT_MANIFEST, func(_ winres.Identifier, _ uint16, raw []byte) bool {
		data = raw
		return false
	})
	var manifest struct {
		DPI   string `xml:"application>windowsSettings>dpiAwareness"`
		Level struct {
			Value string `xml:"level,attr"`
		} `xml:"trustInfo>security>requestedPrivileges>requestedExecutionLevel"`
	}
	if err := xml.Unmarshal(data, &manifest); err != nil {
		t.Fatalf("manifest: %v\n%s", err, data)
	}
	if !strings.HasPrefix(strings.ToLower(manifest.DPI), "permonitorv2") {
		t.Errorf("dpiAwareness is %q", manifest.DPI)
	}
	if manifest.Level.Value != "asInvoker" {
		t.Errorf("requestedExecutionLevel is %q", manifest.Level.Value)
	}
}
