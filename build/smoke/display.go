package smoke

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Report is what a window's page says about itself; see bind.SmokeReport.
type Report struct {
	Version string
	Title   string
	Text    string
	Error   string
	Shown   int64 // when the page first showed text and no sign of waiting, in milliseconds since 1970
}

// Display is an X display of its own that nobody sees.
type Display struct {
	Name string // such as ":7"
	cmd  *exec.Cmd
}

// StartDisplay starts Xvfb on the first free number. End it with Stop.
func StartDisplay() (*Display, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("pipe: %w", err)
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start Xvfb: %w", err)
	}
	w.Close()
	d := &Display{cmd: cmd}
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		d.Stop()
		return nil, fmt.Errorf("no display named by Xvfb: %w", err)
	}
	d.Name = ":" + strings.TrimSpace(number)
	return d, nil
}

// Stop ends the display and everything on it.
func (d *Display) Stop() {
	_ = d.cmd.Process.Kill()
	_ = d.cmd.Wait()
}

// Unit is the name of the unit that Enter enters. A window that shows it has read the store through a bound call.
const Unit = "示例市数据中心"

// Enter enters a unit into the data folder that our program finds in an empty home folder, by its command line.
func Enter(program, home string) error {
	cmd := exec.Command(program, "unit", "set", "name="+Unit, "operator=联系人甲", "role=owner")
	cmd.Env = homeEnvironment(home)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("unit set: %w\n%s", err, out)
	}
	return nil
}

// homeEnvironment is the environment of a program that must find its folders in home.
func homeEnvironment(home string) []string {
	return append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "XDG_CACHE_HOME=", "XDG_RUNTIME_DIR="+home, "LANG=C.UTF-8")
}

// Start starts a window program on the display, in a D-Bus session of its own, with its own home folder. Its page will
// write a Report to file. The program's output goes to output. Wait for the command's end, or cancel ctx.
func (d *Display) Start(ctx context.Context, program, home, file string, output io.Writer) (*exec.Cmd, error) {
	cmd := exec.CommandContext(ctx, "dbus-run-session", "--", program)
	cmd.Env = append(homeEnvironment(home), "DISPLAY="+d.Name, "WAYLAND_DISPLAY=", "SHANGJIATONG_SMOKE="+file)
	cmd.Stdout, cmd.Stderr = output, output
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	return cmd, nil
}

// Await waits for the report until ctx is done.
func Await(ctx context.Context, file string) (Report, error) {
	for {
		raw, err := os.ReadFile(file)
		if err == nil {
			var seen Report
			err = json.Unmarshal(raw, &seen)
			return seen, err
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return Report{}, fmt.Errorf("report: %w", err)
		}
		select {
		case <-ctx.Done():
			return Report{}, fmt.Errorf("the page did not report: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
