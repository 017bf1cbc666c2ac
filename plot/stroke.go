package plot

import "math"

// circle is a polygon that nobody can tell from a circle.
func circle(centre [2]float64, radius float64) polygon {
	const corners = 48
	p := make(polygon, corners)
	for i := range p {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		p[i] = [2]float64{centre[0] + radius*cos, centre[1] + radius*sin}
	}
	return p
}

// stroke is the area of a line of some width, with round corners and plain ends.
//
//	a+n ---------- b+n
//	 a              b  (round)
//	a-n ---------- b-n
func stroke(line [][2]float64, width float64) (list []polygon) {
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		dx, dy := b[0]-a[0], b[1]-a[1]
		length := math.Hypot(dx, dy)
		if length == 0 {
			continue
		}
		nx, ny := dy/length*width/2, -dx/length*width/2
		list = append(list, polygon{{a[0] + nx, a[1] + ny}, {b[0] + nx, b[1] + ny}, {b[0] - nx, b[1] - ny}, {a[0] - nx, a[1] - ny}})
		if i+1 < len(line) {
			list = append(list, circle(b, width/2))
		}
	}
	return list
}

// dashed cuts a line into the dashes of a pattern: lengths that are drawn and
// left out by turns. Without a pattern it is one.
func dashed(line [][2]float64, pattern []float64) (list [][][2]float64) {
	if len(pattern) == 0 {
		return [][][2]float64{line}
	}
	at, left := 0, pattern[0] // part of the pattern, and what is left of it
	dash := [][2]float64{line[0]}
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		length := math.Hypot(b[0]-a[0], b[1]-a[1])
		for gone := 0.0; gone < length; {
			step := min(left, length-gone)
			gone += step
			left -= step
			share := gone / length
			place := [2]float64{a[0] + (b[0]-a[0])*share, a[1] + (b[1]-a[1])*share}
			dash = append(dash, place)
			if left > 0 {
				continue
			}
			if at%2 == 0 {
				list = append(list, dash)
			}
			at++
			left, dash = pattern[at%len(pattern)], [][2]float64{place}
		}
	}
	if at%2 == 0 && len(dash) > 1 {
		list = append(list, dash)
	}
	return list
}
