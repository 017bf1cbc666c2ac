package text

import "math/bits"

// stemLength is how many characters of a word are its stem.
const stemLength = 4

// size takes the characters of a normal form one by one for Word.Letters and
// Word.Stem.
type size struct {
	letters int
	n       int    // of the first stemLength characters that came
	first   uint64 // they themselves, the last one lowest, 16 bits apart
}

func (z *size) add(r rune) {
	z.letters++
	if r >= 0x800 {
		z.letters++
	}
	if z.n < stemLength {
		z.first = z.first<<16 ^ uint64(r)
		z.n++
	}
}

// begin takes the first of n ASCII characters, one a byte from the lowest on, zeros behind.
func (z *size) begin(chars uint64, n int) {
	x := chars & (1<<(8*stemLength) - 1)
	x = (x | x<<16) & 0x0000FFFF0000FFFF
	x = (x | x<<8) & 0x00FF00FF00FF00FF
	z.first = bits.ReverseBytes64(x) >> 8 >> (16 * (stemLength - min(n, stemLength)))
}

// stem is a hash of the first characters, from 1 to 255.
func (z *size) stem() uint8 { return uint8(1 + mix(z.first)%255) }

// stemAndHead returns stem and a longer hash of the first characters. Of scripts from
// U+0800 on, whose characters are syllables or parts of them, two are as much as four
// letters.
func (z *size) stemAndHead() (uint8, uint32) {
	h := mix(z.first)
	stem := uint8(1 + h%255)
	if z.n > 2 && z.first>>(16*(z.n-1)) >= 0x800 {
		h = mix(z.first >> (16 * (z.n - 2)))
	}
	return stem, uint32(h >> 8)
}

// sizeOf is the size of a whole normal form.
func sizeOf[T string | []byte](form T) (z size) {
	for _, r := range string(form) {
		z.add(r)
	}
	return z
}
