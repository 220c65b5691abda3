// Right: a recursion over the ends of both words that remembers its answers.
#include <bits/stdc++.h>
using namespace std;
string a, b;
int d, r;
vector<vector<int>> known;
int least(int i, int j) {
    if (i == 0 || j == 0) return d * (i + j);
    int &answer = known[i][j];
    if (answer >= 0) return answer;
    if (a[i - 1] == b[j - 1]) return answer = least(i - 1, j - 1);
    return answer = min(least(i - 1, j - 1) + min(r, 2 * d), min(least(i - 1, j), least(i, j - 1)) + d);
}
int main() {
    cin >> a >> b >> d >> r;
    known.assign(a.size() + 1, vector<int>(b.size() + 1, -1));
    cout << least(a.size(), b.size()) << "\n";
}
