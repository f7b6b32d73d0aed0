#!/bin/sh
# The whole way by commands only: an empty machine, a unit, a vendor, an app with failing rules, mended, led through
# FLOW-1 up to the submission, its package twice, and its tracking code.
#
#   walk.sh PROGRAM FOLDER
#
# FOLDER must be empty or absent; everything is made inside. Each exit code is checked; the script stops at the first
# that is not as it should be.
set -eu

program=$1
dir=$2
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
data=$dir/数据
printf '仅供演示的口令\n' > "$dir/口令.txt"

sj() { "$program" "$@" --data "$data" --now 2026-03-02T09:00:00+08:00 --passphrase-file "$dir/口令.txt"; }

step() { printf '\n== %s\n' "$1"; }

# fails CODE WORD COMMAND… : the command must end with that exit code and say the word.
fails() {
  want=$1 word=$2
  shift 2
  code=0
  sj "$@" > "$dir/out.txt" 2>&1 || code=$?
  cat "$dir/out.txt"
  if [ "$code" -ne "$want" ]; then
    echo "exit code $code instead of $want: $*" >&2
    exit 1
  fi
  grep -q -e "$word" "$dir/out.txt" || { echo "not said: $word" >&2; exit 1; }
}

step "1 empty machine"
fails 1 "还没有数据" unit show
"$program" app template --kind H5 > "$dir/应用.json"

step "2 unit and vendor"
sj unit set name=示例市数据中心 credit_code=12330199MB00000014 process_region=杭州 region=示例市 \
  address_path=示例市/市直单位/示例市数据中心 catalog_account.name=联系人甲 catalog_account.phone=13800000001 \
  regional_admin.name=联系人丁 operator=联系人甲 role=owner
sj vendor add --name 示例科技有限公司 --code 91330199MA0000000R --contact 联系人己,13900000001,开发人员,是
sj vendor attest 示例科技有限公司 --contact 联系人己 --note 参保证明已核对

step "3 an app that reviewers would send back"
sj app add --file "$dir/应用.json"
sj app set --app 示例督办 vendor_id=示例科技有限公司 egress_ips=10.0.0.8 asks_password=是
fails 1 "RULE-5" precheck --app 示例督办
fails 1 "草稿" package --app 示例督办 --out "$dir/材料"
sj package --app 示例督办 --out "$dir/材料" --draft
ls "$dir/材料" | grep -q 草稿

step "4 led through the flow"
sj case start 示例督办
fails 1 "STEP-1.2" case act --app 示例督办 --task STEP-3.1 --act confirm --reason 已登记
act() { sj case act --app 示例督办 --task "$1" --act "$2" ${3:+--reason "$3"} > "$dir/out.txt" || { cat "$dir/out.txt"; exit 1; }; echo "$1 $2"; }
act STEP-1.1 submit
act STEP-1.1 pass
sj app attest --app 示例督办 --about 联系人甲 --note 在编名册已核对
act STEP-2.1 fill
act STEP-2.1 submit
act STEP-2.1 pass
act STEP-2.2 confirm 开发商账号已开通
act STEP-1.2 confirm 免登检查通过
fails 1 "RULE-5" case act --app 示例督办 --task STEP-2.3 --act submit

step "5 mended"
sj app set --app 示例督办 egress_ips=1.2.3.4 asks_password=否
printf '示例密码' > "$dir/密码.txt"
sj app secret --app 示例督办 --key test_password --file "$dir/密码.txt"
printf '%s' "iVBORw0KGgoAAAANSUhEUgAAAMgAAADICAAAAACIM/FCAAAAtklEQVR42u3PQREAAAwCIKMb3ddK7KAB6RMRERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERETkDnJgkk7vm1XgAAAAASUVORK5CYII=" | base64 -d > "$dir/logo.png"
sj app attach --app 示例督办 --slot logo --file "$dir/logo.png"
act STEP-2.3 fill
act STEP-2.3 submit
act STEP-2.3 pass
printf '登录后页面的截图' > "$dir/截图.txt"
sj case act --app 示例督办 --task STEP-2.4 --act confirm --proof "$dir/截图.txt"
act STEP-3.1 confirm 治理侧列表已出现该应用
act STEP-3.2 confirm 埋点逐页自查通过
act STEP-3.3 confirm 编译通过，预览正常
act STEP-3.4 fill
sj precheck --app 示例督办

step "6 the package, twice the same"
sj package --app 示例督办 --out "$dir/材料一"
sj package --app 示例督办 --out "$dir/材料二"
cmp "$dir/材料一/"*.zip "$dir/材料二/"*.zip
act STEP-3.4 submit

step "7 the tracking code"
sj snippet --app 示例督办 --stack static --out "$dir/埋点"
sj snippet --app 示例督办 --stack vue3 --out "$dir/埋点-vue3"
ls "$dir/埋点" "$dir/埋点-vue3"

step "8 what is left behind"
sj case show 示例督办
sj next
sj journal --app 示例督办 --limit 5
sj store snapshot --note 演示结束
sj store verify
if grep -rq 示例密码 "$data"; then
  echo "the password stands in the data folder" >&2
  exit 1
fi
echo "走完"
