#!/usr/bin/env bash
# Makes the font files of this folder again, from the fonts as npm packages them.
# Needs npm, and on Debian: apt-get install fonttools
set -euo pipefail
cd "$(dirname "$0")"
source=$(mktemp -d)
trap 'rm -rf "$source"' EXIT
npm install --prefix "$source" --ignore-scripts --no-fund --no-audit --loglevel=error \
  @expo-google-fonts/{atkinson-hyperlegible-next,source-serif-4}@0.4.1 \
  @expo-google-fonts/{noto-sans,noto-sans-arabic,noto-sans-armenian,noto-sans-georgian,noto-sans-hebrew,noto-sans-jp,noto-sans-kr,noto-sans-sc} >&2

# subset FILE PACKAGE/WEIGHT/NAME OPTION... writes FILE.woff. Ligatures go, so
# that the words of a PDF are found letter by letter; hints go, since paper needs none.
subset() {
  pyftsubset "$source/node_modules/@expo-google-fonts/$2.ttf" --output-file="$1.woff" \
    --flavor=woff --no-hinting --name-IDs=0,1,2,4,6,13,14 "${@:3}"
}

# A character set of East Asia, as pyftsubset reads one.
charset() {
  python3 - "$@" <<'PY'
import sys
codec, first, last = sys.argv[1], int(sys.argv[2], 16), int(sys.argv[3], 16)
found = []
for lead in range(first, last + 1):
    for trail in range(0x40, 0xff):
        try:
            found.append(bytes((lead, trail)).decode(codec))
        except UnicodeDecodeError:
            pass
print(','.join('%X' % ord(c) for c in found if len(c) == 1))
PY
}

# Without U+02BC: it shares its drawing with the apostrophe, which would be read as it.
latin=0000-024F,0259,02C6,02C7,02D8-02DD,1E00-1EFF,2000-206F,2070-209F,20A0-20BF,2100-2193,2212,2215,FEFF,FFFD
plain=kern,mark,mkmk,ccmp,locl
# The font's own rules part a letter from its dots, which no reader of the PDF
# could search for. Without rules, the shaper takes the whole letters that
# Unicode has for each position.
arabic=kern,mark,mkmk
next=atkinson-hyperlegible-next
for weight in 400Regular 600SemiBold 700Bold; do
  subset "$next-${weight:0:3}" "$next/$weight/AtkinsonHyperlegibleNext_$weight" \
    --unicodes=$latin --layout-features=$plain
done
subset source-serif-4-600 source-serif-4/600SemiBold/SourceSerif4_600SemiBold --unicodes=$latin --layout-features=$plain
for weight in 400Regular 700Bold; do
  n=${weight:0:3}
  subset "noto-sans-$n" "noto-sans/$weight/NotoSans_$weight" --unicodes=$latin,0370-03FF,0400-052F,1F00-1FFF --layout-features=$plain
  subset "noto-sans-hebrew-$n" "noto-sans-hebrew/$weight/NotoSansHebrew_$weight" \
    --unicodes=0020-0040,00A0,0590-05FF,200B-200F,FB1D-FB4F --layout-features=$plain
  subset "noto-sans-arabic-$n" "noto-sans-arabic/$weight/NotoSansArabic_$weight" \
    --unicodes=0020-0040,00A0,0600-06FF,0750-077F,200B-200F,FB50-FDFF,FE70-FEFC \
    --layout-features=$arabic --drop-tables+=GSUB
  for script in Armenian Georgian; do
    subset "noto-sans-${script,,}-$n" "noto-sans-${script,,}/$weight/NotoSans${script}_$weight" \
      --unicodes=0020-0040,00A0,0530-058F,10A0-10FF,1C90-1CBF,200B-200F,FB13-FB17 --layout-features=$plain
  done
done
# One weight is enough for names, and a CJK font is large: the bold is drawn with a stroke.
east=0020-007E,00A0-00FF,2010-2027,2030-203B,3000-303F,FF00-FFEF
subset noto-sans-sc-400 noto-sans-sc/400Regular/NotoSansSC_400Regular \
  --unicodes=$east,3100-312F,$(charset gb2312 A1 F7),$(charset big5 A4 C6) --layout-features=$plain
subset noto-sans-jp-400 noto-sans-jp/400Regular/NotoSansJP_400Regular \
  --unicodes=$east,3040-30FF,31F0-31FF,$(charset euc_jp A1 F4) --layout-features=$plain
subset noto-sans-kr-400 noto-sans-kr/400Regular/NotoSansKR_400Regular \
  --unicodes=$east,3130-318F,$(charset euc_kr A1 C8) --layout-features=$plain
